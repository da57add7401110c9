"""What a form says while it asks for a proof of work, in every language it knows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProofSentences:
    """`working`: while the browser finds it out. `without`: to whom runs no scripts."""

    working: str
    without: str


PROOF = {
    "en": ProofSentences(
        working="One moment: your browser solves a small puzzle that keeps robots away. Then the form is sent.",
        without="Far more people than usual are signing. Without scripts you sign all the same; only the mail to "
        "confirm "
        "may take some hours.",
    ),
    "hy": ProofSentences(
        working="Մեկ վայրկյան. ձեր դիտարկիչը լուծում է մի փոքր խնդիր, որը հեռու է պահում ռոբոտներին։ Հետո "
        "ձևաթուղթը կուղարկվի։",
        without="Սովորականից շատ ավելի մարդ է ստորագրում։ Առանց սկրիպտների նույնպես կարող եք ստորագրել, միայն "
        "հաստատման "
        "նամակը կարող է ուշանալ մի քանի ժամ։",
    ),
    "ru": ProofSentences(
        working="Секунду: браузер решает маленькую задачу, которая не пускает роботов. Затем форма отправится.",
        without="Подписывает гораздо больше людей, чем обычно. Без скриптов тоже можно подписать; только письмо для "
        "подтверждения может прийти через несколько часов.",
    ),
    "fr": ProofSentences(
        working="Un instant : votre navigateur résout un petit problème qui écarte les robots. Ensuite le "
        "formulaire part.",
        without="Bien plus de personnes que d’habitude signent. Sans scripts, vous signez quand même ; seul le "
        "message de "
        "confirmation peut tarder quelques heures.",
    ),
    "de": ProofSentences(
        working="Einen Moment: Ihr Browser löst eine kleine Aufgabe, die Roboter fernhält. Dann geht das Formular ab.",
        without="Gerade unterschreiben viel mehr Menschen als sonst. Ohne Skripte unterschreiben Sie trotzdem; nur "
        "die "
        "Mail zum Bestätigen kann einige Stunden dauern.",
    ),
    "es": ProofSentences(
        working="Un momento: su navegador resuelve una pequeña tarea que aleja a los robots. Después se envía el "
        "formulario.",
        without="Está firmando mucha más gente de lo habitual. Sin scripts también puede firmar; solo el mensaje "
        "para "
        "confirmar puede tardar unas horas.",
    ),
    "ar": ProofSentences(
        working="لحظة واحدة: يحل متصفحك مسألة صغيرة تُبعد الروبوتات، ثم يُرسل النموذج.",
        without="يوقّع عدد أكبر بكثير من المعتاد. يمكنك التوقيع بلا برامج نصية أيضًا، لكن رسالة التأكيد قد تتأخر "
        "بضع ساعات.",
    ),
}
