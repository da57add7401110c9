"""What we say beside an office's answer when we forward it, in every language we know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplySentences:
    """`automatic`, `doubt`: where it is so. `files`: before the link to the page that has them. `how`: where the
    supporter's own answer goes. `page`: what that page says of them.
    """

    subject: str
    intro: str
    automatic: str
    doubt: str
    files: str
    cut: str
    how: str
    page: str
    download: str


REPLY = {
    "en": ReplySentences(
        subject="{office} answered your letter: {subject}",
        intro="{office} answered the letter that you sent through {campaign}. Here is what came:",
        automatic="A machine at the office wrote this by itself.",
        doubt="No mail server proves that it really comes from there.",
        files="Files came with it ({number}). They are here, as long as we keep them:",
        cut="It is longer. The whole of it is here:",
        how="If you answer this message, your answer goes to {address}, straight to the office, and shows it your own "
        "address.",
        page="We have not checked these files. Open only what you expect from this office.",
        download="Download {name} ({size})",
    ),
    "hy": ReplySentences(
        subject="{office}՝ պատասխան ձեր նամակին․ {subject}",
        intro="{office} պատասխանել է նամակին, որն ուղարկել էիք {campaign}-ի միջոցով։ Ահա թե ինչ է եկել՝",
        automatic="Սա ինքնաբերաբար գրել է գրասենյակի մեքենան։",
        doubt="Ոչ մի փոստային սերվեր չի հաստատում, որ սա իրոք այնտեղից է։",
        files="Հետը եկել են ֆայլեր ({number})։ Դրանք այստեղ են, քանի դեռ պահում ենք՝",
        cut="Այն ավելի երկար է։ Ամբողջն այստեղ է՝",
        how="Եթե պատասխանեք այս հաղորդագրությանը, ձեր պատասխանը կգնա {address} հասցեին՝ ուղիղ գրասենյակ, և ցույց կտա "
        "ձեր սեփական հասցեն։",
        page="Մենք այս ֆայլերը չենք ստուգել։ Բացեք միայն այն, ինչ սպասում եք այս գրասենյակից։",
        download="Ներբեռնել՝ {name} ({size})",
    ),
    "ru": ReplySentences(
        subject="Ответ на ваше письмо ({office}): {subject}",
        intro="{office}: пришёл ответ на письмо, которое вы отправили через {campaign}. Вот что пришло:",
        automatic="Это автоматический ответ: его написала машина.",
        doubt="Ни один почтовый сервер не подтверждает, что это действительно оттуда.",
        files="К нему приложены файлы ({number}). Они здесь, пока мы их храним:",
        cut="Он длиннее. Полностью он здесь:",
        how="Если вы ответите на это сообщение, ваш ответ уйдёт на {address}, прямо туда, и покажет ваш собственный "
        "адрес.",
        page="Мы не проверяли эти файлы. Открывайте только то, чего ждёте оттуда.",
        download="Скачать: {name} ({size})",
    ),
    "fr": ReplySentences(
        subject="{office} a répondu à votre lettre : {subject}",
        intro="{office} a répondu à la lettre que vous avez envoyée par {campaign}. Voici ce qui est arrivé :",
        automatic="C’est une réponse automatique, écrite par une machine.",
        doubt="Aucun serveur de courrier ne prouve que cela vient vraiment de là.",
        files="Des fichiers l’accompagnent ({number}). Ils sont ici tant que nous les gardons :",
        cut="Elle est plus longue. Elle est ici en entier :",
        how="Si vous répondez à ce message, votre réponse va à {address}, directement au bureau, et lui montre votre "
        "propre adresse.",
        page="Nous n’avons pas vérifié ces fichiers. N’ouvrez que ce que vous attendez de ce bureau.",
        download="Télécharger {name} ({size})",
    ),
    "de": ReplySentences(
        subject="{office} hat auf Ihren Brief geantwortet: {subject}",
        intro="{office} hat auf den Brief geantwortet, den Sie über {campaign} geschickt haben. Das ist gekommen:",
        automatic="Das hat dort ein Programm von selbst geschrieben.",
        doubt="Kein Mailserver belegt, dass es wirklich von dort kommt.",
        files="Dateien sind dabei ({number}). Sie liegen hier, solange wir sie aufbewahren:",
        cut="Es ist länger. Das Ganze steht hier:",
        how="Wenn Sie auf diese Nachricht antworten, geht Ihre Antwort an {address}, direkt an das Büro, und zeigt ihm "
        "Ihre eigene Adresse.",
        page="Wir haben diese Dateien nicht geprüft. Öffnen Sie nur, was Sie von diesem Büro erwarten.",
        download="{name} herunterladen ({size})",
    ),
    "es": ReplySentences(
        subject="{office} respondió a su carta: {subject}",
        intro="{office} respondió a la carta que usted envió por medio de {campaign}. Esto es lo que llegó:",
        automatic="Es una respuesta automática, escrita por una máquina.",
        doubt="Ningún servidor de correo prueba que venga realmente de allí.",
        files="Llegaron archivos con ella ({number}). Están aquí mientras los conservemos:",
        cut="Es más larga. Está aquí entera:",
        how="Si responde a este mensaje, su respuesta va a {address}, directamente a la oficina, y le muestra su "
        "propia dirección.",
        page="No hemos revisado estos archivos. Abra solo lo que espera de esta oficina.",
        download="Descargar {name} ({size})",
    ),
    "ar": ReplySentences(
        subject="رد {office} على رسالتكم: {subject}",
        intro="وصل رد من {office} على الرسالة التي أرسلتموها عبر {campaign}. هذا ما وصل:",
        automatic="هذا رد آلي كتبته آلة.",
        doubt="لا يثبت أي خادم بريد أنه من هناك حقًا.",
        files="وصلت معه ملفات ({number}). تجدونها هنا ما دمنا نحتفظ بها:",
        cut="النص أطول من ذلك. تجدونه كاملًا هنا:",
        how="إذا أجبتم على هذه الرسالة فسيذهب جوابكم إلى {address} مباشرة، وسيظهر لهم عنوانكم.",
        page="لم نفحص هذه الملفات. لا تفتحوا إلا ما تنتظرونه من هذه الجهة.",
        download="تنزيل {name} ({size})",
    ),
}
