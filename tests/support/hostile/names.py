"""A good picture under names that are meant to lead somewhere else."""

from support.hostile.attack import Attack, Fate
from support.hostile.corpus import JPG, picture

NAMES = {
    "a path upwards": "../../../../etc/passwd.jpg",
    "a path upwards, of another system": "..\\..\\windows\\win.ini",
    "an absolute path": "/etc/cron.d/evil.jpg",
    "a drive": "C:\\autoexec.jpg",
    "a network path": "\\\\evil.example\\share\\a.jpg",
    "an escaped path": "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "a stop byte": "good.jpg\0.html",
    "an order turned round": "photo\u202egpj.exe",
    "an order isolated": "\u2066photo\u2069.jpg",
    "an invisible letter": "pho\u200bto.jpg",
    "a device": "CON",
    "a device with an ending": "aux.jpg",
    "a numbered device": "LPT1.tar.jpg",
    "a hidden file": ".htaccess",
    "a command's option": "-rf.jpg",
    "three hundred characters": "n" * 296 + ".jpg",
    "two endings": "shell.php.jpg",
    "the wrong ending": "page.html",
    "a line that ends early": 'a.jpg"\r\nSet-Cookie: x=1\r\n\r\n<script>',
    "quotation marks": 'a"; filename="b.exe',
    "markup": "<img src=x onerror=alert(1)>.jpg",
    "a template": "{{ 7 * 7 }}.jpg",
    "a command": "$(reboot).jpg",
    "a formula": "=cmd|' /C calc'!A0.jpg",
    "letters of the world": "Bremsgeräusch_制动_🚗.jpg",
}

ATTACKS: tuple[Attack, ...] = tuple(
    Attack(f"named by {label}", picture("JPEG"), JPG, Fate.REDRAWN, (), name)
    for label, name in NAMES.items()
)
