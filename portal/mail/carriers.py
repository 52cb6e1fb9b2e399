"""Who carries a letter: a mail server, or a folder where none is set; other ways are closed."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from portal.mail.letters import Letter

SECONDS_TO_WAIT = 20
MAIL_PORT, TLS_PORT = 25, 465
PERMANENT = 500


class NotNow(Exception):
    """The letter could not be carried this time; trying again may help."""


class Never(Exception):
    """The letter will not be taken, however often it is tried."""


class Carrier(Protocol):
    """One way out: e-mail today, SMS or Zalo where somebody writes their carrier."""

    def carry(self, letter: Letter) -> None:
        """Hand the letter over; raises NotNow or Never."""


@dataclass(frozen=True)
class FolderCarrier:
    """Puts each letter as a file into a folder: for trying out, and where there is no server."""

    folder: Path
    sender: str

    def carry(self, letter: Letter) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / f"{letter.made_at:%Y%m%d-%H%M%S}-{letter.nonce}.eml"
        draft = file.with_suffix(".new")
        try:
            draft.write_bytes(bytes(written(letter, self.sender)))
            draft.replace(file)
        except OSError as error:
            raise NotNow(f"không ghi được vào thư mục thư: {error.strerror}") from error


@dataclass(frozen=True)
class MailServer:
    """Hands letters to the server of an address like smtp://name:word@host:587 or smtps://…

    `smtp` goes over to TLS where the server offers it, and must where a password is sent.
    """

    url: str
    sender: str

    def carry(self, letter: Letter) -> None:
        try:
            with self._connected() as server:
                server.send_message(written(letter, self.sender))
        except smtplib.SMTPResponseException as error:
            _refuse(error.smtp_code, f"máy chủ thư trả lời {error.smtp_code}", error)
        except smtplib.SMTPRecipientsRefused as error:
            code = max((code for code, _words in error.recipients.values()), default=PERMANENT)
            _refuse(code, f"máy chủ thư không nhận địa chỉ này ({code})", error)
        except (OSError, smtplib.SMTPException) as error:
            raise NotNow(f"không gửi được qua máy chủ thư ({type(error).__name__})") from error

    def _connected(self) -> smtplib.SMTP:
        parts, context = urlsplit(self.url), ssl.create_default_context()
        host, port = parts.hostname or "", parts.port
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port or TLS_PORT, timeout=SECONDS_TO_WAIT, context=context
            )
        else:
            server = smtplib.SMTP(host, port or MAIL_PORT, timeout=SECONDS_TO_WAIT)
            server.ehlo()
            if server.has_extn("starttls") or parts.username:
                server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


def _refuse(code: int, words: str, cause: Exception) -> None:
    raise (Never if code >= PERMANENT else NotNow)(words) from cause


def written(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it goes over the wire; a line break in a header is an error, never a header."""
    name, _at, domain = sender.rpartition("@")
    message = EmailMessage()
    message["From"] = Address(letter.sender_name, name, domain)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.made_at)
    message["Message-ID"] = f"<{letter.nonce}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    message.set_content(letter.body)
    return message
