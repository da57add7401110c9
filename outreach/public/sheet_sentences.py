"""What stands on a sheet for signatures on paper, in every language our pages know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetSentences:
    """`{who}`: whose campaign it is. `{address}`: of its page. `columns`: what the eight columns are called."""

    asked: str
    until: str
    terms: str
    erase: str
    columns: tuple[str, str, str, str, str, str, str, str]
    shown: str
    news: str
    number: str
    foot: str


SHEET = {
    "en": SheetSentences(
        asked="{who} asks for this. I sign:",
        until="The addressees have until {moment}.",
        terms="{who} is responsible for what is written here, uses it to count the signatures and to check them, keeps "
        "it sealed and gives it to nobody else.",
        erase="Whoever wants to see or erase an entry says the number of sheet and row, or uses {address}",
        columns=("No.", "Name", "Place, postcode", "Email (if you like)", "A", "B", "Date", "Signature"),
        shown="A: My name may be shown in public.",
        news="B: {question} {agree} (needs an email address)",
        number="Sheet",
        foot="{title} · {address}",
    ),
    "hy": SheetSentences(
        asked="Պահանջը ներկայացնում է՝ {who}։ Ստորագրում եմ՝",
        until="Հասցեատերերը ժամանակ ունեն մինչև {moment}։",
        terms="Այստեղ գրվածի համար պատասխանատու է՝ {who}։ Տվյալներն օգտագործվում են ստորագրությունները հաշվելու և "
        "ստուգելու համար, պահվում են կնքված և ուրիշ ոչ ոքի չեն տրվում։",
        erase="Ով ցանկանում է տեսնել կամ ջնջել գրառումը, նշում է թերթիկի և տողի համարը կամ օգտվում է այս հասցեից՝ "
        "{address}",
        columns=(
            "№",
            "Անուն",
            "Բնակավայր, ինդեքս",
            "Էլ. փոստ (եթե ցանկանում եք)",
            "Ա",
            "Բ",
            "Ամսաթիվ",
            "Ստորագրություն",
        ),
        shown="Ա՝ Իմ անունը կարող է հրապարակվել։",
        news="Բ՝ {question} {agree} (անհրաժեշտ է էլ. փոստի հասցե)",
        number="Թերթիկ",
        foot="{title} · {address}",
    ),
    "ru": SheetSentences(
        asked="Этого требует: {who}. Я подписываю:",
        until="У адресатов есть время до {moment}.",
        terms="За написанное здесь отвечает: {who}. Данные нужны, чтобы сосчитать и проверить подписи, хранятся в "
        "запечатанном виде и никому больше не передаются.",
        erase="Чтобы увидеть или стереть запись, назовите номер листа и строки или откройте {address}",
        columns=("№", "Имя", "Место, индекс", "Эл. почта (по желанию)", "А", "Б", "Дата", "Подпись"),
        shown="А: Моё имя можно показывать публично.",
        news="Б: {question} {agree} (нужен адрес эл. почты)",
        number="Лист",
        foot="{title} · {address}",
    ),
    "fr": SheetSentences(
        asked="{who} le demande. Je signe :",
        until="Les destinataires ont jusqu’à {moment}.",
        terms="{who} est responsable de ce qui est écrit ici, l’utilise pour compter et vérifier les signatures, le "
        "garde scellé et ne le donne à personne d’autre.",
        erase="Pour voir ou effacer une ligne, indiquez le numéro de la feuille et de la ligne, ou allez à {address}",
        columns=("N°", "Nom", "Lieu, code postal", "Courriel (facultatif)", "A", "B", "Date", "Signature"),
        shown="A : Mon nom peut être montré en public.",
        news="B : {question} {agree} (il faut une adresse électronique)",
        number="Feuille",
        foot="{title} · {address}",
    ),
    "de": SheetSentences(
        asked="Das fordert: {who}. Ich unterschreibe:",
        until="Die Adressaten haben Zeit bis {moment}.",
        terms="Verantwortlich für das hier Eingetragene: {who}. Es dient dazu, die Unterschriften zu zählen und zu "
        "prüfen, wird versiegelt aufbewahrt und sonst niemandem gegeben.",
        erase="Wer einen Eintrag sehen oder löschen lassen will, nennt die Nummer von Bogen und Zeile oder nutzt "
        "{address}",
        columns=("Nr.", "Name", "Ort, Postleitzahl", "E-Mail (freiwillig)", "A", "B", "Datum", "Unterschrift"),
        shown="A: Mein Name darf öffentlich gezeigt werden.",
        news="B: {question} {agree} (dafür braucht es eine E-Mail-Adresse)",
        number="Bogen",
        foot="{title} · {address}",
    ),
    "es": SheetSentences(
        asked="Lo pide: {who}. Firmo:",
        until="Los destinatarios tienen hasta {moment}.",
        terms="{who} responde de lo que se escribe aquí, lo usa para contar y comprobar las firmas, lo guarda sellado "
        "y no se lo da a nadie más.",
        erase="Para ver o borrar una línea, indique el número de hoja y de fila, o use {address}",
        columns=("N.º", "Nombre", "Lugar, código postal", "Correo (si quiere)", "A", "B", "Fecha", "Firma"),
        shown="A: Mi nombre puede mostrarse en público.",
        news="B: {question} {agree} (hace falta un correo)",
        number="Hoja",
        foot="{title} · {address}",
    ),
    "ar": SheetSentences(
        asked="تطالب بهذا: {who}. أوقّع:",
        until="أمام المخاطَبين مهلة حتى {moment}.",
        terms="المسؤول عمّا يُكتب هنا: {who}. تُستعمل البيانات لعدّ التوقيعات والتحقق منها، وتُحفظ مختومة ولا تُعطى لأحد "
        "آخر.",
        erase="من أراد أن يرى سطره أو يمحوه فليذكر رقم الورقة والسطر، أو يستعمل {address}",
        columns=(
            "رقم",
            "الاسم",
            "المكان والرمز البريدي",
            "البريد الإلكتروني (اختياري)",
            "أ",
            "ب",
            "التاريخ",
            "التوقيع",
        ),
        shown="أ: يجوز إظهار اسمي علنًا.",
        news="ب: {question} {agree} (يلزم عنوان بريد إلكتروني)",
        number="ورقة",
        foot="{title} · {address}",
    ),
}
