"""What the hub relies on in AWS, tried on the local emulator, so that a new version of it cannot drift unseen."""
