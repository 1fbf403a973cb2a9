"""The adapter as a Django application."""

from motcua.lib.rooms import Room


class ObjectStorage(Room):
    name = "motcua.adapters.object_storage"
    verbose_name = "Kho tệp S3"
