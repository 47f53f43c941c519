"""What kind of file system a folder lies on, because WAL needs one machine and one real disk."""

import os

NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "fuse.rclone", "davfs", "ceph"}
)
SYNCED = ("dropbox", "onedrive", "icloud", "google drive", "googledrive", "nextcloud", "syncthing")


def journal_mode(folder: str) -> str:
    """``wal`` on a local disk, ``delete`` on network and synchronised folders."""
    return "delete" if is_network(folder) or is_synced(folder) else "wal"


def is_network(folder: str, mounts: str = "/proc/self/mounts") -> bool:
    """Whether the mount that holds ``folder`` comes over the network. False where the system does not say."""
    try:
        with open(mounts, encoding="utf-8", errors="replace") as file:
            entries = [line.split()[1:3] for line in file]
    except OSError:
        return False
    target = os.path.realpath(folder)
    best, kind = "", ""
    for point, name in entries:
        point = point.replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, name
    return kind in NETWORK


def is_synced(folder: str) -> bool:
    """Whether a synchronising program is likely to carry the files of ``folder`` elsewhere."""
    path = os.path.realpath(folder)
    if any(name in part for part in path.lower().split(os.sep) for name in SYNCED):
        return True
    while True:
        if os.path.isdir(os.path.join(path, ".stfolder")):
            return True
        parent = os.path.dirname(path)
        if parent == path:
            return False
        path = parent


def sync_folder(folder: str) -> None:
    """Put the folder's own entries on disk, so that a new file in it survives a power cut."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some file systems refuse to sync a folder; the file itself is on disk
    finally:
        os.close(handle)
