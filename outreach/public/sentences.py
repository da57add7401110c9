"""What the page for ending our letters says, in every language it knows."""

from collections.abc import Iterable
from dataclasses import dataclass

from campaigns.words.dates import is_right_to_left
from campaigns.words.language import choose

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Sentences:
    """`ask…`: before anything happened. `done…`: nothing more comes. `back…`: letters come again. `lost…`: no such
    link. `late`: what may still come. `why`: why there is a button. `undo…`: the way back.
    """

    skip: str
    ask: str
    ask_more: str
    stop: str
    why: str
    done: str
    done_more: str
    late: str
    undo_ask: str
    undo_more: str
    undo: str
    back: str
    back_more: str
    lost: str
    lost_more: str
    footer: str


SAID = {
    "en": Sentences(
        skip="Skip to the page",
        ask="Stop these messages?",
        ask_more="Nothing has happened yet. Press the button, and this campaign will not write to you again:",
        stop="Stop the messages",
        why="Why a button? Mail programs open links by themselves to check them. Only a person presses buttons.",
        done="You will get no more messages",
        done_more="This campaign will not write to you again:",
        late="A message that is on its way already may still arrive.",
        undo_ask="Was that a mistake?",
        undo_more="Then press here, and you will hear from this campaign as before.",
        undo="Send me messages again",
        back="You will get messages again",
        back_more="You will hear from this campaign as before:",
        lost="This link does not work",
        lost_more="Perhaps a part of it is missing. Open it again in the message, or answer the message and ask us to "
        "stop.",
        footer="This page needs no sign-in and sets no cookies.",
    ),
    "hy": Sentences(
        skip="Անցնել էջին",
        ask="Դադարեցնե՞լ այս նամակները",
        ask_more="Դեռ ոչինչ չի եղել։ Սեղմեք կոճակը, և այս արշավն այլևս ձեզ չի գրի՝",
        stop="Դադարեցնել նամակները",
        why="Ինչո՞ւ կոճակ։ Փոստային ծրագրերն իրենք են բացում հղումները՝ դրանք ստուգելու համար։ Կոճակ սեղմում է "
        "միայն մարդը։",
        done="Այլևս նամակներ չեք ստանա",
        done_more="Այս արշավն այլևս ձեզ չի գրի՝",
        late="Արդեն ճանապարհին գտնվող նամակը դեռ կարող է հասնել։",
        undo_ask="Սխալմա՞մբ էր",
        undo_more="Այդ դեպքում սեղմեք այստեղ, և այս արշավը կգրի ձեզ, ինչպես նախկինում։",
        undo="Կրկին ուղարկեք ինձ նամակներ",
        back="Կրկին նամակներ կստանաք",
        back_more="Այս արշավը կգրի ձեզ, ինչպես նախկինում՝",
        lost="Այս հղումը չի աշխատում",
        lost_more="Հնարավոր է՝ դրա մի մասը պակասում է։ Նորից բացեք այն նամակից կամ պատասխանեք նամակին և խնդրեք այլևս "
        "չգրել։",
        footer="Այս էջը մուտք գործել չի պահանջում և քուքիներ չի պահում։",
    ),
    "ru": Sentences(
        skip="Перейти к странице",
        ask="Прекратить эти письма?",
        ask_more="Пока ничего не произошло. Нажмите кнопку, и эта кампания больше не будет вам писать:",
        stop="Прекратить письма",
        why="Зачем кнопка? Почтовые программы сами открывают ссылки, чтобы проверить их. Кнопки нажимает только "
        "человек.",
        done="Вы больше не будете получать письма",
        done_more="Эта кампания больше не будет вам писать:",
        late="Письмо, которое уже в пути, ещё может прийти.",
        undo_ask="Это была ошибка?",
        undo_more="Тогда нажмите здесь, и эта кампания будет писать вам, как прежде.",
        undo="Снова присылать мне письма",
        back="Вы снова будете получать письма",
        back_more="Эта кампания будет писать вам, как прежде:",
        lost="Эта ссылка не работает",
        lost_more="Возможно, не хватает её части. Откройте её ещё раз из письма или ответьте на письмо и попросите не "
        "писать.",
        footer="Эта страница не требует входа и не сохраняет файлы cookie.",
    ),
    "fr": Sentences(
        skip="Aller à la page",
        ask="Ne plus recevoir ces messages ?",
        ask_more="Rien ne s’est encore passé. Appuyez sur le bouton, et cette campagne ne vous écrira plus :",
        stop="Ne plus recevoir de messages",
        why="Pourquoi un bouton ? Les logiciels de messagerie ouvrent eux-mêmes les liens pour les vérifier. "
        "Seule une personne appuie sur un bouton.",
        done="Vous ne recevrez plus de messages",
        done_more="Cette campagne ne vous écrira plus :",
        late="Un message déjà en route peut encore arriver.",
        undo_ask="C’était une erreur ?",
        undo_more="Alors appuyez ici, et cette campagne vous écrira comme auparavant.",
        undo="Recevoir de nouveau les messages",
        back="Vous recevrez de nouveau des messages",
        back_more="Cette campagne vous écrira comme auparavant :",
        lost="Ce lien ne fonctionne pas",
        lost_more="Il en manque peut-être une partie. Ouvrez-le de nouveau depuis le message, ou répondez au message "
        "en nous demandant d’arrêter.",
        footer="Cette page ne demande aucune connexion et ne dépose aucun cookie.",
    ),
    "de": Sentences(
        skip="Zur Seite springen",
        ask="Diese Nachrichten beenden?",
        ask_more="Noch ist nichts geschehen. Drücken Sie den Knopf, und diese Kampagne schreibt Ihnen nicht mehr:",
        stop="Nachrichten beenden",
        why="Warum ein Knopf? Mailprogramme öffnen Links von selbst, um sie zu prüfen. Knöpfe drücken nur Menschen.",
        done="Sie bekommen keine Nachrichten mehr",
        done_more="Diese Kampagne schreibt Ihnen nicht mehr:",
        late="Eine Nachricht, die schon unterwegs ist, kann noch ankommen.",
        undo_ask="War das ein Versehen?",
        undo_more="Dann drücken Sie hier, und diese Kampagne schreibt Ihnen wie zuvor.",
        undo="Wieder Nachrichten bekommen",
        back="Sie bekommen wieder Nachrichten",
        back_more="Diese Kampagne schreibt Ihnen wie zuvor:",
        lost="Dieser Link funktioniert nicht",
        lost_more="Vielleicht fehlt ein Teil davon. Öffnen Sie ihn noch einmal aus der Nachricht, oder antworten Sie "
        "auf "
        "die Nachricht und bitten Sie uns aufzuhören.",
        footer="Diese Seite braucht keine Anmeldung und setzt keine Cookies.",
    ),
    "es": Sentences(
        skip="Ir a la página",
        ask="¿Dejar de recibir estos mensajes?",
        ask_more="Todavía no ha pasado nada. Pulse el botón y esta campaña no volverá a escribirle:",
        stop="Dejar de recibir mensajes",
        why="¿Por qué un botón? Los programas de correo abren los enlaces por sí solos para comprobarlos. "
        "Solo una persona pulsa botones.",
        done="No recibirá más mensajes",
        done_more="Esta campaña no volverá a escribirle:",
        late="Un mensaje que ya está en camino aún puede llegar.",
        undo_ask="¿Ha sido un error?",
        undo_more="Entonces pulse aquí y esta campaña le escribirá como antes.",
        undo="Volver a recibir mensajes",
        back="Volverá a recibir mensajes",
        back_more="Esta campaña le escribirá como antes:",
        lost="Este enlace no funciona",
        lost_more="Quizá le falte una parte. Ábralo de nuevo desde el mensaje, o responda al mensaje y pídanos que "
        "paremos.",
        footer="Esta página no pide iniciar sesión ni guarda cookies.",
    ),
    "ar": Sentences(
        skip="انتقل إلى الصفحة",
        ask="هل تريد إيقاف هذه الرسائل؟",
        ask_more="لم يحدث شيء بعد. اضغط الزر ولن تكتب إليك هذه الحملة مرة أخرى:",
        stop="إيقاف الرسائل",
        why="لماذا زر؟ برامج البريد تفتح الروابط من تلقاء نفسها لفحصها. ولا يضغط الأزرار إلا إنسان.",
        done="لن تصلك رسائل بعد الآن",
        done_more="لن تكتب إليك هذه الحملة مرة أخرى:",
        late="قد تصلك رسالة هي في طريقها إليك بالفعل.",
        undo_ask="هل كان ذلك خطأ؟",
        undo_more="إذن اضغط هنا وستكتب إليك هذه الحملة كما كانت.",
        undo="أرسلوا إليّ الرسائل من جديد",
        back="ستصلك الرسائل من جديد",
        back_more="ستكتب إليك هذه الحملة كما كانت:",
        lost="هذا الرابط لا يعمل",
        lost_more="ربما ينقصه جزء. افتحه مرة أخرى من الرسالة، أو أجب عن الرسالة واطلب منا التوقف.",
        footer="هذه الصفحة لا تطلب تسجيل الدخول ولا تحفظ ملفات تعريف الارتباط.",
    ),
}


def spoken(languages: Iterable[str]) -> str:
    """The first of these languages in which the page can speak; English if there is none."""
    return choose(tuple(languages), SAID, ENGLISH).language


def direction(language: str) -> str:
    """The `dir` of a page in that language."""
    return "rtl" if is_right_to_left(language) else "ltr"
