"""What stands beside a supporter's own words in a letter, in every language it may be written in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CarriedSentences:
    """`via`: the name in the From line. `carried`: who wrote it and who carried it. `answer`: where an answer goes;
    `answer_to_us`: where the campaign reads its mail itself, and passes answers on by hand.
    """

    via: str
    carried: str
    answer: str
    answer_to_us: str


CARRIED = {
    "en": CarriedSentences(
        "{name} via {campaign}",
        "{name} wrote this letter and confirmed it by email. {campaign} carried it.",
        "An answer to this message goes to {name}.",
        "An answer to this message comes to {campaign} and is passed on to {name}.",
    ),
    "hy": CarriedSentences(
        "{name} ({campaign})",
        "Այս նամակը գրել և էլ. փոստով հաստատել է {name}։ Այն փոխանցել է {campaign}։",
        "Այս նամակի պատասխանը ստանում է {name}։",
        "Այս նամակի պատասխանը ստանում և հեղինակին է փոխանցում {campaign}։",
    ),
    "ru": CarriedSentences(
        "{name} ({campaign})",
        "Это письмо написано и подтверждено по электронной почте. Автор: {name}. Передаёт: {campaign}.",
        "Ответ на него получает автор.",
        "Ответ на него приходит к тем, кто его передаёт, и пересылается автору.",
    ),
    "fr": CarriedSentences(
        "{name} via {campaign}",
        "Cette lettre est de {name}, qui l’a confirmée par courriel. Transmise par {campaign}.",
        "Une réponse à ce message parvient à {name}.",
        "Une réponse à ce message nous parvient et est transmise à {name}.",
    ),
    "de": CarriedSentences(
        "{name} über {campaign}",
        "Diesen Brief hat {name} geschrieben und per E-Mail bestätigt. Überbracht von {campaign}.",
        "Eine Antwort auf diese Nachricht geht an {name}.",
        "Eine Antwort auf diese Nachricht kommt zu uns und wird an {name} weitergegeben.",
    ),
    "es": CarriedSentences(
        "{name} vía {campaign}",
        "Esta carta es de {name}, que la ha confirmado por correo electrónico. La transmite {campaign}.",
        "La respuesta a este mensaje llega a {name}.",
        "La respuesta a este mensaje nos llega a nosotros y se transmite a {name}.",
    ),
    "ar": CarriedSentences(
        "{name} عبر {campaign}",
        "كاتب هذه الرسالة هو {name}، وقد جرى تأكيدها بالبريد الإلكتروني. نقلتها {campaign}.",
        "يصل الرد على هذه الرسالة إلى {name}.",
        "يصل الرد على هذه الرسالة إلينا وننقله إلى {name}.",
    ),
}
