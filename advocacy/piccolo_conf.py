"""What Piccolo looks for (PICCOLO_CONF=advocacy.piccolo_conf): the engine and the tables."""

from piccolo.conf.apps import AppRegistry

from advocacy.database import DB

__all__ = ["APP_REGISTRY", "DB"]

APP_REGISTRY = AppRegistry(apps=["advocacy.piccolo_app"])
