"""What can be wrong with a pack. Each docstring is the message."""

from __future__ import annotations


class PackError(Exception):
    """The pack cannot be used."""

    def __init__(self, detail: object = "") -> None:
        message = type(self).__doc__ or ""
        super().__init__(f"{message} {detail}".strip())


class NotAPack(PackError):
    """This is no whole pack as waymark site export writes it."""


class WrongVersion(PackError):
    """This pack has a format that this Waymark does not read:"""


class FileChanged(PackError):
    """A file in the pack is not the one that its list means:"""


class FileMissing(PackError):
    """A file that the pack's list names is not there:"""


class FileUnlisted(PackError):
    """The pack holds a file that its list does not name:"""


class NotAFile(PackError):
    """The pack holds something else than plain files:"""


class UnsafeName(PackError):
    """A file of the pack has a name that it must not have:"""


class NamesClash(PackError):
    """The pack holds two files of which one would hide the other:"""


class WrongSignature(PackError):
    """The signature does not belong to this pack; somebody may have changed it."""


class OtherKey(PackError):
    """The pack was signed with another key than the one you named; its fingerprint is"""


class NotAFingerprint(PackError):
    """A fingerprint has ten groups of four digits 0 to 9 and a to f."""


class PackTooLarge(PackError):
    """The pack is too large:"""


class FolderTaken(PackError):
    """The folder exists already and is not empty:"""


class NotWritten(PackError):
    """Nothing was written:"""


class SigningKeyTooOpen(PackError):
    """Others on this machine can read the signing key; delete it, and a new one is made:"""


class SigningKeyUnreadable(PackError):
    """The signing key is damaged; restore it, or delete it and a new one is made:"""


class NoSuchPoint(PackError):
    """The pack's list has no such point:"""


class PointChanged(PackError):
    """Somebody changed this point while you wrote. Look at it again."""


class NotForUse(PackError):
    """The content of this folder cannot be put in use; waymark site check says why:"""
