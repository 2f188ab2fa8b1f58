"""What a page says at its top after something was done; the address carries only the key, so nobody puts words in."""

NOTICES: dict[str, tuple[str, str]] = {
    "saved": ("Đã lưu.", "Saved."),
    "created": ("Đã thêm.", "Added."),
    "deleted": ("Đã xóa.", "Deleted."),
    "started": ("Đã bắt đầu.", "Started."),
    "cancelled": ("Đã dừng.", "Cancelled."),
    "paused": ("Đã tạm dừng. Những gì đến trong lúc này được giữ lại.", "Paused. What comes meanwhile is kept."),
    "resumed": ("Đã chạy tiếp.", "Resumed."),
    "pushed": (
        "Đã gửi sang Haravan; kết quả sẽ hiện ở dòng thời gian.",
        "Sent to Haravan; the timeline will tell what came of it.",
    ),
    "activated": ("Đã kích hoạt thành viên.", "Activated."),
    "redeemed": ("Đã đổi điểm.", "Points redeemed."),
    "converted": ("Đã chuyển đổi.", "Converted."),
    "resolved": ("Đã quyết định.", "Decided."),
    "revoked": ("Đã thu hồi khóa.", "The key was revoked."),
    "moved": ("Đã đổi thứ tự.", "Moved."),
    "switched_on": ("Đã bật.", "Switched on."),
    "switched_off": ("Đã tắt.", "Switched off."),
    "redriven": ("Đã cho chạy lại.", "Sent to be tried again."),
    "synced": ("Đã bắt đầu đồng bộ lead.", "The lead sync has started."),
    "signed_out": ("Bạn đã đăng xuất.", "You have signed out."),
    "session_over": (
        "Phiên làm việc đã kết thúc. Hãy đăng nhập lại để tiếp tục.",
        "Your session has ended. Sign in again to go on.",
    ),
}


def said(key: str, language: str) -> str:
    """The notice, or nothing."""
    both = NOTICES.get(key)
    return (both[0] if language == "vi" else both[1]) if both else ""
