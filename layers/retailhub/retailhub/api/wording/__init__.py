"""What the admin API says to people, by subject: code, then Vietnamese and English."""
