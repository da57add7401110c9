"""What notices say, in every language that our own pages know."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.kept import brief_of
from campaigns.text import in_language
from campaigns.words.dates import listing
from campaigns.words.letter import set_letter
from campaigns.words.link import Link
from campaigns.words.page import Page, written_on
from outreach.letters.confirming import letters_of
from outreach.links import confirming, own_data, writing
from outreach.notice import Notice
from outreach.public.sentences import spoken


@dataclass(frozen=True, slots=True)
class Words:
    """One mail, ready to be sent."""

    language: str
    subject: str
    text: str
    html: str


def words_of(notice: Notice) -> Words:
    """What this notice says, in the supporter's language where we know it, else in the campaign's."""
    supporter, campaign = notice.supporter, notice.campaign
    language = spoken((supporter.language, *campaign.languages))
    subject, body = SAID[language][notice.kind]
    title = in_language(campaign.title, language, *campaign.languages)
    whom = _whom(notice, language) if notice.kind == Kind.LETTER else ""
    return _written(language, subject, body, {"title": title, "whom": whom}, {"link": _link(notice)})


def _link(notice: Notice) -> str:
    if notice.kind == Kind.DATA:
        return own_data().link(notice.pk)
    if notice.kind == Kind.LETTER:
        assert notice.about is not None
        return writing().link(notice.about)
    return confirming().link(notice.supporter_id)


def _whom(notice: Notice, language: str) -> str:
    """The names of whom the letters of a form are to."""
    brief = brief_of(notice.campaign, 0)
    letters = letters_of(notice.about) if notice.about else []
    return listing([brief.term(each.addressee.name, language) for each in letters], language)


def _written(language: str, subject: str, body: str, values: Mapping[str, str], links: Mapping[str, str]) -> Words:
    """Names and links come in as values, which no Markdown in them can change."""
    page = Page(language, "UTC")
    with written_on(page):
        places = {name: page.place(Link(link)) for name, link in links.items()}
        places |= {name: page.place(value) for name, value in values.items()}
    subject = subject.format(**values)
    text, html = set_letter(body.format(**places), language).filled(page.places, subject)
    return Words(language, subject, text, html)


Kind = Notice.Kind
SAID: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        Kind.CONFIRM: (
            "Please confirm your signature: {title}",
            "Somebody, probably you, signed **{title}** with this address.\n\n"
            "Your name counts once you have confirmed it. Open this page and press the button on it:\n\n{link}\n\n"
            "Was it not you? Then do nothing and your name is not counted; or say so on the same page, and we forget "
            "this address.",
        ),
        Kind.ALREADY: (
            "You have signed already: {title}",
            "Somebody, probably you, signed **{title}** with this address again. Your name is counted, once, and "
            "nothing has changed.\n\nWas it not you? Say so here:\n\n{link}",
        ),
        Kind.DATA: (
            "Your data: {title}",
            "Somebody, probably you, asked to see what we know of this address from **{title}**.\n\nOpen "
            "this page to see it, download it, change it, take your signature back or have it erased. The "
            "link works for two days:\n\n{link}\n\nWas it not you? Then do nothing: nobody else has got this "
            "link.",
        ),
        Kind.LETTER: (
            "Please confirm your letter: {title}",
            "Somebody, probably you, wrote to **{whom}** with this address, on the page of "
            "**{title}**.\n\nNothing leaves before you have confirmed it. Open this page, read once more what "
            "is sent in your name, and press the button on it:\n\n{link}\n\nOn the same page you can take it "
            "back. Was it not you? Say so there, and nothing is sent; or do nothing, and it goes after some "
            "days.",
        ),
    },
    "hy": {
        Kind.CONFIRM: (
            "Խնդրում ենք հաստատել ձեր ստորագրությունը՝ {title}",
            "Ինչ-որ մեկը, հավանաբար դուք, այս հասցեով ստորագրել է **{title}** հանրագիրը։\n\n"
            "Ձեր անունը կհաշվվի, երբ այն հաստատեք։ Բացեք այս էջը և սեղմեք կոճակը՝\n\n{link}\n\n"
            "Դուք չէի՞ք։ Այդ դեպքում ոչինչ մի արեք, և ձեր անունը չի հաշվվի, կամ նույն էջում ասեք այդ մասին, և մենք "
            "կմոռանանք այս հասցեն։",
        ),
        Kind.ALREADY: (
            "Դուք արդեն ստորագրել եք՝ {title}",
            "Ինչ-որ մեկը, հավանաբար դուք, այս հասցեով կրկին ստորագրել է **{title}** հանրագիրը։ Ձեր անունը հաշվված է "
            "մեկ անգամ, և ոչինչ չի փոխվել։\n\nԴուք չէի՞ք։ Ասեք այստեղ՝\n\n{link}",
        ),
        Kind.DATA: (
            "Ձեր տվյալները՝ {title}",
            "Ինչ-որ մեկը, հավանաբար դուք, խնդրել է ցույց տալ, թե ինչ գիտենք այս հասցեի մասին **{title}** "
            "հանրագրից։\n\nԲացեք այս էջը՝ տեսնելու, ներբեռնելու, փոխելու, ստորագրությունը հետ վերցնելու կամ "
            "տվյալները ջնջելու համար։ Հղումը գործում է երկու օր՝\n\n{link}\n\nԴուք չէի՞ք։ Այդ դեպքում ոչինչ "
            "մի արեք. այս հղումն ուրիշ ոչ ոք չունի։",
        ),
        Kind.LETTER: (
            "Խնդրում ենք հաստատել ձեր նամակը՝ {title}",
            "Ինչ-որ մեկը, հավանաբար դուք, **{title}** էջում այս հասցեով նամակ է գրել։ Հասցեատեր՝ "
            "**{whom}**։\n\nՈչինչ չի ուղարկվի, քանի դեռ չեք հաստատել։ Բացեք այս էջը, մեկ անգամ էլ կարդացեք ձեր "
            "անունից գրվածը և սեղմեք կոճակը՝\n\n{link}\n\nՆույն էջում կարող եք այն հետ վերցնել։ Դուք չէի՞ք։ "
            "Ասեք դա այնտեղ, և ոչինչ չի ուղարկվի, կամ ոչինչ մի արեք, և մի քանի օր անց այն կջնջվի։",
        ),
    },
    "ru": {
        Kind.CONFIRM: (
            "Подтвердите, пожалуйста, свою подпись: {title}",
            "Кто-то, вероятно вы, подписал с этого адреса петицию **{title}**.\n\n"
            "Ваше имя будет учтено, когда вы его подтвердите. Откройте эту страницу и нажмите на ней кнопку:\n\n{link}"
            "\n\nЭто были не вы? Тогда ничего не делайте, и имя не будет учтено; или скажите об этом на той же "
            "странице, и мы забудем этот адрес.",
        ),
        Kind.ALREADY: (
            "Вы уже подписали: {title}",
            "Кто-то, вероятно вы, снова подписал с этого адреса петицию **{title}**. Ваше имя учтено один раз, и "
            "ничего не изменилось.\n\nЭто были не вы? Скажите об этом здесь:\n\n{link}",
        ),
        Kind.DATA: (
            "Ваши данные: {title}",
            "Кто-то, вероятно вы, попросил показать, что мы знаем об этом адресе из петиции "
            "**{title}**.\n\nОткройте эту страницу, чтобы увидеть, скачать или изменить данные, отозвать "
            "подпись или всё стереть. Ссылка работает два дня:\n\n{link}\n\nЭто были не вы? Тогда ничего не "
            "делайте: больше ни у кого этой ссылки нет.",
        ),
        Kind.LETTER: (
            "Подтвердите, пожалуйста, своё письмо: {title}",
            "Кто-то, вероятно вы, написал с этого адреса письмо на странице **{title}**. Кому: "
            "**{whom}**.\n\nНичего не уйдёт, пока вы этого не подтвердите. Откройте эту страницу, перечитайте "
            "то, что отправляется от вашего имени, и нажмите на ней кнопку:\n\n{link}\n\nНа той же странице "
            "письмо можно отозвать. Это были не вы? Скажите об этом там, и ничего не будет отправлено; или "
            "ничего не делайте, и через несколько дней оно исчезнет.",
        ),
    },
    "fr": {
        Kind.CONFIRM: (
            "Confirmez votre signature : {title}",
            "Quelqu’un, sans doute vous, a signé **{title}** avec cette adresse.\n\n"
            "Votre nom compte dès que vous l’avez confirmé. Ouvrez cette page et appuyez sur le bouton :\n\n{link}\n\n"
            "Ce n’était pas vous ? Ne faites rien et votre nom ne sera pas compté ; ou dites-le sur la même page, et "
            "nous oublierons cette adresse.",
        ),
        Kind.ALREADY: (
            "Vous avez déjà signé : {title}",
            "Quelqu’un, sans doute vous, a de nouveau signé **{title}** avec cette adresse. Votre nom est compté une "
            "fois et rien n’a changé.\n\nCe n’était pas vous ? Dites-le ici :\n\n{link}",
        ),
        Kind.DATA: (
            "Vos données : {title}",
            "Quelqu’un, sans doute vous, a demandé ce que nous savons de cette adresse par "
            "**{title}**.\n\nOuvrez cette page pour le voir, le télécharger, le modifier, retirer votre "
            "signature ou tout effacer. Le lien est valable deux jours :\n\n{link}\n\nCe n’était pas vous ? "
            "Ne faites rien : personne d’autre n’a reçu ce lien.",
        ),
        Kind.LETTER: (
            "Confirmez votre lettre : {title}",
            "Quelqu’un, sans doute vous, a écrit avec cette adresse, sur la page de **{title}**, à : "
            "**{whom}**.\n\nRien ne part avant que vous ne l’ayez confirmé. Ouvrez cette page, relisez ce qui "
            "est envoyé en votre nom et appuyez sur le bouton :\n\n{link}\n\nSur la même page, vous pouvez la "
            "reprendre. Ce n’était pas vous ? Dites-le là et rien ne sera envoyé ; ou ne faites rien, et elle "
            "disparaîtra après quelques jours.",
        ),
    },
    "de": {
        Kind.CONFIRM: (
            "Bitte bestätigen Sie Ihre Unterschrift: {title}",
            "Jemand, wahrscheinlich Sie, hat **{title}** mit dieser Adresse unterschrieben.\n\n"
            "Ihr Name zählt, sobald Sie ihn bestätigt haben. Öffnen Sie diese Seite und drücken Sie dort den Knopf:"
            "\n\n{link}\n\nDas waren nicht Sie? Dann tun Sie nichts, und der Name wird nicht gezählt; oder sagen Sie "
            "es auf derselben Seite, und wir vergessen diese Adresse.",
        ),
        Kind.ALREADY: (
            "Sie haben schon unterschrieben: {title}",
            "Jemand, wahrscheinlich Sie, hat **{title}** mit dieser Adresse noch einmal unterschrieben. Ihr Name ist "
            "einmal gezählt, und nichts hat sich geändert.\n\nDas waren nicht Sie? Sagen Sie es hier:\n\n{link}",
        ),
        Kind.DATA: (
            "Ihre Daten: {title}",
            "Jemand, wahrscheinlich Sie, möchte sehen, was wir durch **{title}** von dieser Adresse "
            "wissen.\n\nÖffnen Sie diese Seite, um es zu sehen, herunterzuladen, zu ändern, Ihre "
            "Unterschrift zurückzunehmen oder alles zu löschen. Der Link gilt zwei Tage:\n\n{link}\n\nDas "
            "waren nicht Sie? Dann tun Sie nichts: Niemand sonst hat diesen Link bekommen.",
        ),
        Kind.LETTER: (
            "Bitte bestätigen Sie Ihren Brief: {title}",
            "Jemand, wahrscheinlich Sie, hat mit dieser Adresse auf der Seite von **{title}** geschrieben, und "
            "zwar an: **{whom}**.\n\nNichts geht ab, bevor Sie es bestätigt haben. Öffnen Sie diese Seite, "
            "lesen Sie noch einmal, was in Ihrem Namen verschickt wird, und drücken Sie dort den "
            "Knopf:\n\n{link}\n\nAuf derselben Seite können Sie den Brief zurücknehmen. Das waren nicht Sie? "
            "Sagen Sie es dort, und nichts wird verschickt; oder tun Sie nichts, und er verschwindet nach "
            "einigen Tagen.",
        ),
    },
    "es": {
        Kind.CONFIRM: (
            "Confirme su firma: {title}",
            "Alguien, probablemente usted, ha firmado **{title}** con esta dirección.\n\n"
            "Su nombre cuenta en cuanto lo confirme. Abra esta página y pulse el botón:\n\n{link}\n\n"
            "¿No fue usted? Entonces no haga nada y su nombre no se contará; o dígalo en la misma página y olvidaremos "
            "esta dirección.",
        ),
        Kind.ALREADY: (
            "Usted ya ha firmado: {title}",
            "Alguien, probablemente usted, ha firmado de nuevo **{title}** con esta dirección. Su nombre está contado "
            "una vez y nada ha cambiado.\n\n¿No fue usted? Dígalo aquí:\n\n{link}",
        ),
        Kind.DATA: (
            "Sus datos: {title}",
            "Alguien, probablemente usted, ha pedido ver lo que sabemos de esta dirección por "
            "**{title}**.\n\nAbra esta página para verlo, descargarlo, cambiarlo, retirar su firma o "
            "borrarlo todo. El enlace sirve durante dos días:\n\n{link}\n\n¿No fue usted? Entonces no haga "
            "nada: nadie más ha recibido este enlace.",
        ),
        Kind.LETTER: (
            "Confirme su carta: {title}",
            "Alguien, probablemente usted, ha escrito con esta dirección, en la página de **{title}**, a: "
            "**{whom}**.\n\nNada sale antes de que usted lo confirme. Abra esta página, lea una vez más lo que "
            "se envía en su nombre y pulse el botón:\n\n{link}\n\nEn la misma página puede retirarla. ¿No fue "
            "usted? Dígalo allí y no se enviará nada; o no haga nada, y desaparecerá al cabo de unos días.",
        ),
    },
    "ar": {
        Kind.CONFIRM: (
            "يرجى تأكيد توقيعك: {title}",
            "وقّع شخص ما، ربما أنت، على **{title}** بهذا العنوان.\n\n"
            "يُحسب اسمك بعد أن تؤكده. افتح هذه الصفحة واضغط الزر فيها:\n\n{link}\n\n"
            "لم تكن أنت؟ إذن لا تفعل شيئًا ولن يُحسب الاسم، أو قل ذلك في الصفحة نفسها وسننسى هذا العنوان.",
        ),
        Kind.ALREADY: (
            "لقد وقّعت من قبل: {title}",
            "وقّع شخص ما، ربما أنت، مرة أخرى على **{title}** بهذا العنوان. اسمك محسوب مرة واحدة ولم يتغير شيء.\n\n"
            "لم تكن أنت؟ قل ذلك هنا:\n\n{link}",
        ),
        Kind.DATA: (
            "بياناتك: {title}",
            "طلب شخص ما، ربما أنت، أن يرى ما نعرفه عن هذا العنوان من **{title}**.\n\nافتح هذه الصفحة لتطّلع "
            "عليه أو تنزّله أو تغيّره أو تسحب توقيعك أو تمحو كل شيء. الرابط صالح ليومين:\n\n{link}\n\nلم تكن "
            "أنت؟ إذن لا تفعل شيئًا، فلم يصل هذا الرابط إلى أحد غيرك.",
        ),
        Kind.LETTER: (
            "يرجى تأكيد رسالتك: {title}",
            "كتب شخص ما، ربما أنت، بهذا العنوان في صفحة **{title}** إلى: **{whom}**.\n\nلن يُرسل شيء قبل أن "
            "تؤكده. افتح هذه الصفحة واقرأ مرة أخرى ما يُرسل باسمك واضغط الزر فيها:\n\n{link}\n\nيمكنك في "
            "الصفحة نفسها سحب الرسالة. لم تكن أنت؟ قل ذلك هناك فلا يُرسل شيء، أو لا تفعل شيئًا فتختفي بعد بضعة "
            "أيام.",
        ),
    },
}
