"""The window's looks: palette, style sheet and recoloured icons, following the system live."""

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from wallet.resources import resource
from wallet.ui.themes import DARK, LIGHT, Appearance, Theme, sheet

SMALLEST_TEXT = 10.0
"""Points of running text where the system asks for less."""
_DENSITIES = (1.0, 2.0, 3.0)


class Style(QObject):
    """The appearance in use. `changed` comes after palette and sheet are in place."""

    changed = Signal()

    def __init__(self, app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
        super().__init__()
        self._app = app
        self._body = max(app.font().pointSizeF(), SMALLEST_TEXT)
        self._svgs: dict[str, str] = {}
        self.appearance = appearance
        self.theme = LIGHT
        app.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        self._apply()

    def set_appearance(self, appearance: Appearance) -> None:
        """Choose light, dark or whatever the system has."""
        self.appearance = appearance
        self._apply()

    @Slot()
    def _system_changed(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        self.theme = self._wanted()
        self._app.setPalette(_palette(self.theme))
        self._app.setStyleSheet(sheet(self.theme, self._body, resource("icons").as_posix()))
        self.changed.emit()

    def _wanted(self) -> Theme:
        if self.appearance is Appearance.SYSTEM:
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.appearance is Appearance.DARK else LIGHT

    def pixmap(self, name: str, colour: str, size: int, density: float) -> QPixmap:
        """Draw one of our own icons in `colour`, `size` device-independent pixels wide."""
        if name not in self._svgs:
            self._svgs[name] = resource("icons", f"{name}.svg").read_text("utf-8")
        drawing = self._svgs[name].replace("currentColor", colour)
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        picture = QPixmap(QSize(size, size) * density)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size * density, size * density))
        painter.end()
        picture.setDevicePixelRatio(density)
        return picture

    def icon(self, name: str, colour: str | None = None, size: int = 20) -> QIcon:
        """Return an icon in the text's colour, or in `colour`, for every density of screen."""
        icon = QIcon()
        for density in _DENSITIES:
            icon.addPixmap(self.pixmap(name, colour or self.theme.text, size, density))
            faint = self.pixmap(name, self.theme.muted, size, density)
            icon.addPixmap(faint, QIcon.Mode.Disabled)
        return icon


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.window,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.red.ink,
        QPalette.ColorRole.ToolTipBase: theme.surface,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Light: theme.surface,
        QPalette.ColorRole.Midlight: theme.line,
        QPalette.ColorRole.Mid: theme.field_line,
        QPalette.ColorRole.Dark: theme.field_line,
        QPalette.ColorRole.Shadow: theme.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette
