"""What we say in letters in our own name, beside the campaign's words: in every language we know."""

from dataclasses import dataclass

from campaigns.words.language import choose

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """`together`, `why`: subject and introduction of a digest. `to`, `sender`, `subject`, `answer`: its lines about
    each letter. `came_back`, `not_taken`: at the head of a letter that is written again, with the address and the day
    of the one before; `elsewhere`: the same where the address is not known any more. `online`, `passcode`: at the foot
    of a letter to an office.
    """

    together: str
    why: str
    to: str
    sender: str
    subject: str
    answer: str
    came_back: str
    not_taken: str
    elsewhere: str
    online: str
    passcode: str


SAID = {
    "en": OwnWords(
        together="{number} letters: {names}",
        why="So as not to send you many messages in a short time, we put {number} letters into this one. Each stands "
        "below word for word, with its own title and its own address for answers.",
        to="To: {name}",
        sender="From: {name}",
        subject="Subject: {subject}",
        answer="Answers to: {address}",
        came_back="We wrote to you at {address} on {day}; the message came back. We write again here.",
        not_taken="We wrote to you at {address} on {day}; the message could not be delivered. We write again here.",
        elsewhere="We wrote to you on {day}; the message did not reach you. We write again here.",
        online="You can also answer here, demand by demand: {link}",
        passcode="Your passcode: {passcode}",
    ),
    "hy": OwnWords(
        together="{number} նամակ՝ {names}",
        why="Որպեսզի կարճ ժամանակում շատ հաղորդագրություններ չուղարկենք ձեզ, {number} նամակ դրել ենք այս մեկի մեջ։ "
        "Յուրաքանչյուրը ստորև ներկայացված է բառացի՝ իր վերնագրով և պատասխանի իր հասցեով։",
        to="Ում՝ {name}",
        sender="Ումից՝ {name}",
        subject="Թեմա՝ {subject}",
        answer="Պատասխանել՝ {address}",
        came_back="Մենք գրել էինք ձեզ {address} հասցեով ({day}). նամակը հետ եկավ։ Կրկին գրում ենք այստեղ։",
        not_taken="Մենք գրել էինք ձեզ {address} հասցեով ({day}). նամակը հնարավոր չեղավ հասցնել։ "
        "Կրկին գրում ենք այստեղ։",
        elsewhere="Մենք գրել էինք ձեզ ({day}). նամակը ձեզ չի հասել։ Կրկին գրում ենք այստեղ։",
        online="Կարող եք պատասխանել նաև այստեղ՝ յուրաքանչյուր պահանջի առանձին. {link}",
        passcode="Ձեր ծածկագիրը՝ {passcode}",
    ),
    "ru": OwnWords(
        together="Писем: {number}: {names}",
        why="Чтобы не присылать вам много сообщений за короткое время, мы вложили в это сообщение несколько писем "
        "({number}). Каждое приведено ниже слово в слово, со своим заголовком и своим адресом для ответа.",
        to="Кому: {name}",
        sender="От кого: {name}",
        subject="Тема: {subject}",
        answer="Ответить: {address}",
        came_back="Мы писали вам на адрес {address} ({day}); письмо вернулось. Пишем вам ещё раз сюда.",
        not_taken="Мы писали вам на адрес {address} ({day}); письмо не удалось доставить. Пишем вам ещё раз сюда.",
        elsewhere="Мы писали вам ({day}); письмо до вас не дошло. Пишем вам ещё раз сюда.",
        online="Ответить на каждое требование можно и здесь: {link}",
        passcode="Ваш код: {passcode}",
    ),
    "fr": OwnWords(
        together="{number} lettres : {names}",
        why="Pour ne pas vous envoyer beaucoup de messages en peu de temps, nous réunissons ici {number} lettres. "
        "Chacune figure ci-dessous mot pour mot, avec son titre et sa propre adresse de réponse.",
        to="À : {name}",
        sender="De : {name}",
        subject="Objet : {subject}",
        answer="Répondre à : {address}",
        came_back="Nous vous avons écrit à {address} le {day} ; le message nous est revenu. Nous vous écrivons de "
        "nouveau ici.",
        not_taken="Nous vous avons écrit à {address} le {day} ; le message n’a pas pu être remis. Nous vous écrivons "
        "de nouveau ici.",
        elsewhere="Nous vous avons écrit le {day} ; le message ne vous est pas parvenu. Nous vous écrivons de nouveau "
        "ici.",
        online="Vous pouvez aussi répondre ici, demande par demande : {link}",
        passcode="Votre code : {passcode}",
    ),
    "de": OwnWords(
        together="{number} Schreiben: {names}",
        why="Um Ihnen nicht in kurzer Zeit viele Nachrichten zu schicken, fassen wir hier {number} Schreiben zusammen. "
        "Jedes steht unten Wort für Wort, mit eigenem Titel und eigener Adresse für Antworten.",
        to="An: {name}",
        sender="Von: {name}",
        subject="Betreff: {subject}",
        answer="Antworten an: {address}",
        came_back="Wir haben Ihnen am {day} an {address} geschrieben; die Nachricht kam zurück. Wir schreiben Ihnen "
        "hier noch einmal.",
        not_taken="Wir haben Ihnen am {day} an {address} geschrieben; die Nachricht konnte nicht zugestellt werden. "
        "Wir schreiben Ihnen hier noch einmal.",
        elsewhere="Wir haben Ihnen am {day} geschrieben; die Nachricht hat Sie nicht erreicht. Wir schreiben Ihnen "
        "hier noch einmal.",
        online="Sie können auch hier antworten, auf jede Forderung einzeln: {link}",
        passcode="Ihr Code: {passcode}",
    ),
    "es": OwnWords(
        together="{number} cartas: {names}",
        why="Para no enviarle muchos mensajes en poco tiempo, reunimos aquí {number} cartas. Cada una figura a "
        "continuación palabra por palabra, con su título y su propia dirección de respuesta.",
        to="Para: {name}",
        sender="De: {name}",
        subject="Asunto: {subject}",
        answer="Responder a: {address}",
        came_back="Le escribimos a {address} el {day}; el mensaje fue devuelto. Le escribimos de nuevo aquí.",
        not_taken="Le escribimos a {address} el {day}; el mensaje no pudo entregarse. Le escribimos de nuevo aquí.",
        elsewhere="Le escribimos el {day}; el mensaje no le llegó. Le escribimos de nuevo aquí.",
        online="También puede responder aquí, demanda por demanda: {link}",
        passcode="Su código: {passcode}",
    ),
    "ar": OwnWords(
        together="{number} رسائل: {names}",
        why="كي لا نرسل إليكم رسائل كثيرة في وقت قصير، جمعنا هنا عدة رسائل ({number}). تجدون كل واحدة منها أدناه بنصها "
        "الكامل، مع عنوانها وعنوان الرد الخاص بها.",
        to="إلى: {name}",
        sender="من: {name}",
        subject="الموضوع: {subject}",
        answer="الرد إلى: {address}",
        came_back="كتبنا إليكم على العنوان {address} بتاريخ {day} وعادت الرسالة إلينا. نكتب إليكم هنا من جديد.",
        not_taken="كتبنا إليكم على العنوان {address} بتاريخ {day} وتعذر تسليم الرسالة. نكتب إليكم هنا من جديد.",
        elsewhere="كتبنا إليكم بتاريخ {day} ولم تصل الرسالة إليكم. نكتب إليكم هنا من جديد.",
        online="يمكنكم أيضا الرد هنا على كل مطلب على حدة: {link}",
        passcode="رمزكم: {passcode}",
    ),
}


def own_words(language: str) -> tuple[OwnWords, str]:
    """Our words in that language, or in English where we do not know it; and the language they are in."""
    spoken = choose((language,), SAID, ENGLISH).language
    return SAID[spoken], spoken
