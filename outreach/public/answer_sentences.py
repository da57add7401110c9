"""What the page on which an addressee's office answers says, in every language it knows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answering:
    """`done` … `none`: what an office may say of a demand. `no_…`: what is wrong with what it said; `{number}` is the
    demand's.
    """

    title: str
    letter: str
    lede: str
    fill_in: str
    checking: str
    done: str
    partly: str
    committed: str
    refused: str
    deflected: str
    none: str
    by_when: str
    more: str
    words: str
    who: str
    name: str
    function: str
    publish: str
    publish_more: str
    published: str
    unpublished: str
    next: str
    next_read: str
    next_date: str
    next_again: str
    check: str
    check_more: str
    passcode: str
    passcode_more: str
    document: str
    document_more: str
    send: str
    change: str
    sent: str
    sent_more: str
    again: str
    rather: str
    trouble: str
    no_answer: str
    no_date: str
    no_past: str
    no_function: str
    no_long: str
    no_passcode: str
    no_patience: str
    no_document: str
    lost: str
    lost_more: str
    languages: str

    def problem(self, what: str, number: str) -> str:
        """The sentence about what is wrong. `what`: as `read_said` names it."""
        said: str = getattr(self, {"nothing": "no_answer"}.get(what, f"no_{what}"))
        return said.format(number=number)


ANSWER = {
    "en": Answering(
        title="Answer to our letter",
        letter="Answer to our letter of {day}",
        lede="Thank you for taking the time. You may answer one demand or all of them, and come back later: the "
        "link in your letter stays open.",
        fill_in="Answer",
        checking="Check and send",
        done="We have done this",
        partly="We have done part of it",
        committed="We will do it, by a date",
        refused="We will not do it",
        deflected="It is not for us to do",
        none="No position for now",
        by_when="By which date, if you will do it?",
        more="In your words",
        words="Anything else you wish to say",
        who="Who answers",
        name="Name",
        function="Function",
        publish="You may publish this answer word for word",
        publish_more="Without this we say in public only that you answered, and what a person recorded for each "
        "demand.",
        published="May be published word for word",
        unpublished="Not to be published",
        next="What happens with your answer",
        next_read="A person reads it and records what it means for each demand.",
        next_date="While a date that you gave and that we recorded runs, no further step is taken.",
        next_again="You can answer again; every version is kept.",
        check="Check my answer",
        check_more="Nothing has been sent yet. Read it once more, add the passcode from our letter, and send it.",
        passcode="Passcode",
        passcode_more="Eight letters and digits; they stand beside the link in our letter.",
        document="A document, if you wish",
        document_more="A PDF or a photograph of at most 5 MB.",
        send="Send the answer",
        change="Change something",
        sent="We have received your answer",
        sent_more="A person will read it. There is nothing else for you to do.",
        again="Answer again",
        rather="You would rather write? Reply to our letter, in any language.",
        trouble="There is a problem",
        no_answer="Answer at least one demand, or write something",
        no_date="Demand {number}: give the date by which you will do this",
        no_past="Demand {number}: give a day between today and ten years from now",
        no_function="Say in what function you answer",
        no_long="This is too long: all texts together may have 20,000 characters",
        no_passcode="This passcode does not belong to this link. Compare it with our letter and try again",
        no_patience="There were many wrong passcodes. Try again in a quarter of an hour",
        no_document="The document must be a PDF or a photograph of at most 5 MB",
        lost="This link does not work",
        lost_more="Perhaps a part of it is missing. Open it again in our letter, or reply to the letter.",
        languages="Languages",
    ),
    "hy": Answering(
        title="Պատասխան մեր նամակին",
        letter="Պատասխան մեր նամակին ({day})",
        lede="Շնորհակալություն ժամանակ հատկացնելու համար։ Կարող եք պատասխանել մեկ կամ բոլոր պահանջներին և վերադառնալ "
        "ավելի ուշ. նամակի հղումը մնում է բաց։",
        fill_in="Պատասխան",
        checking="Ստուգել և ուղարկել",
        done="Մենք դա արել ենք",
        partly="Մենք արել ենք դրա մի մասը",
        committed="Մենք դա կանենք մինչև որոշակի օր",
        refused="Մենք դա չենք անի",
        deflected="Դա մեր իրավասությունը չէ",
        none="Առայժմ դիրքորոշում չունենք",
        by_when="Եթե կանեք, ապա մինչև ո՞ր օրը",
        more="Ձեր խոսքերով",
        words="Ուրիշ ի՞նչ կցանկանայիք ասել",
        who="Ով է պատասխանում",
        name="Անուն",
        function="Պաշտոն",
        publish="Կարող եք այս պատասխանը բառացի հրապարակել",
        publish_more="Առանց դրա հրապարակավ կասենք միայն, որ պատասխանել եք, և ինչ է մարդը գրանցել ամեն պահանջի համար։",
        published="Կարելի է բառացի հրապարակել",
        unpublished="Չհրապարակել",
        next="Ինչ է լինելու ձեր պատասխանի հետ",
        next_read="Մարդը կկարդա այն և կգրանցի, թե ինչ է այն նշանակում ամեն պահանջի համար։",
        next_date="Քանի դեռ ձեր նշած և մեր գրանցած ժամկետը չի լրացել, հաջորդ քայլը չի արվում։",
        next_again="Կարող եք նորից պատասխանել. բոլոր տարբերակները պահվում են։",
        check="Ստուգել պատասխանս",
        check_more="Դեռ ոչինչ չի ուղարկվել։ Մեկ անգամ էլ կարդացեք, գրեք մեր նամակի ծածկագիրը և ուղարկեք։",
        passcode="Ծածկագիր",
        passcode_more="Ութ տառ և թիվ. դրանք մեր նամակում են՝ հղման կողքին։",
        document="Փաստաթուղթ, եթե ցանկանում եք",
        document_more="PDF կամ լուսանկար՝ առավելագույնը 5 ՄԲ։",
        send="Ուղարկել պատասխանը",
        change="Փոխել որևէ բան",
        sent="Ստացել ենք ձեր պատասխանը",
        sent_more="Մարդը կկարդա այն։ Ձեզնից այլ բան չի պահանջվում։",
        again="Նորից պատասխանել",
        rather="Նախընտրո՞ւմ եք գրել։ Պատասխանեք մեր նամակին ցանկացած լեզվով։",
        trouble="Խնդիր կա",
        no_answer="Պատասխանեք գոնե մեկ պահանջի կամ գրեք որևէ բան",
        no_date="Պահանջ {number}. նշեք, թե մինչև որ օրը դա կանեք",
        no_past="Պահանջ {number}. նշեք օր այսօրվանից մինչև տասը տարի հետո",
        no_function="Նշեք, թե ինչ պաշտոնում եք պատասխանում",
        no_long="Տեքստը շատ երկար է. բոլոր տեքստերը միասին կարող են ունենալ 20 000 նիշ",
        no_passcode="Այս ծածկագիրն այս հղմանը չի համապատասխանում։ Համեմատեք մեր նամակի հետ և նորից փորձեք",
        no_patience="Շատ սխալ ծածկագրեր են եղել։ Նորից փորձեք քառորդ ժամից",
        no_document="Փաստաթուղթը պետք է լինի PDF կամ լուսանկար՝ առավելագույնը 5 ՄԲ",
        lost="Այս հղումը չի աշխատում",
        lost_more="Հնարավոր է՝ դրա մի մասը պակասում է։ Նորից բացեք այն մեր նամակից կամ պատասխանեք նամակին։",
        languages="Լեզուներ",
    ),
    "ru": Answering(
        title="Ответ на наше письмо",
        letter="Ответ на наше письмо от {day}",
        lede="Спасибо, что нашли время. Можно ответить на одно требование или на все и вернуться позже: ссылка из "
        "письма остаётся открытой.",
        fill_in="Ответ",
        checking="Проверить и отправить",
        done="Мы это сделали",
        partly="Мы сделали часть этого",
        committed="Мы сделаем это к определённому сроку",
        refused="Мы этого не сделаем",
        deflected="Это не в нашей компетенции",
        none="Пока без позиции",
        by_when="Если сделаете, то к какому дню?",
        more="Своими словами",
        words="Что ещё вы хотели бы сказать",
        who="Кто отвечает",
        name="Имя",
        function="Должность",
        publish="Этот ответ можно опубликовать дословно",
        publish_more="Без этого мы публично сообщим лишь, что вы ответили, и что человек записал по каждому "
        "требованию.",
        published="Можно опубликовать дословно",
        unpublished="Не публиковать",
        next="Что будет с вашим ответом",
        next_read="Человек прочтёт его и запишет, что он значит для каждого требования.",
        next_date="Пока идёт названный вами и записанный нами срок, следующий шаг не делается.",
        next_again="Можно ответить ещё раз; все варианты сохраняются.",
        check="Проверить ответ",
        check_more="Пока ничего не отправлено. Прочтите ещё раз, введите код из нашего письма и отправьте.",
        passcode="Код",
        passcode_more="Восемь букв и цифр; они стоят в нашем письме рядом со ссылкой.",
        document="Документ, если хотите",
        document_more="PDF или фотография, не больше 5 МБ.",
        send="Отправить ответ",
        change="Изменить что-нибудь",
        sent="Мы получили ваш ответ",
        sent_more="Его прочтёт человек. Больше от вас ничего не требуется.",
        again="Ответить ещё раз",
        rather="Хотите лучше написать? Ответьте на наше письмо на любом языке.",
        trouble="Есть ошибка",
        no_answer="Ответьте хотя бы на одно требование или напишите что-нибудь",
        no_date="Требование {number}: укажите день, к которому вы это сделаете",
        no_past="Требование {number}: укажите день от сегодняшнего до десяти лет вперёд",
        no_function="Укажите, в какой должности вы отвечаете",
        no_long="Слишком длинно: во всех текстах вместе может быть 20 000 знаков",
        no_passcode="Этот код не подходит к этой ссылке. Сверьте его с нашим письмом и попробуйте ещё раз",
        no_patience="Было много неверных кодов. Попробуйте ещё раз через четверть часа",
        no_document="Документ должен быть PDF или фотографией не больше 5 МБ",
        lost="Эта ссылка не работает",
        lost_more="Возможно, не хватает её части. Откройте её ещё раз из нашего письма или ответьте на письмо.",
        languages="Языки",
    ),
    "fr": Answering(
        title="Réponse à notre lettre",
        letter="Réponse à notre lettre du {day}",
        lede="Merci de prendre ce temps. Vous pouvez répondre à une demande ou à toutes, et revenir plus tard : "
        "le lien de votre lettre reste ouvert.",
        fill_in="Répondre",
        checking="Vérifier et envoyer",
        done="Nous l’avons fait",
        partly="Nous l’avons fait en partie",
        committed="Nous le ferons, avant une date",
        refused="Nous ne le ferons pas",
        deflected="Ce n’est pas de notre ressort",
        none="Pas de position pour l’instant",
        by_when="Si vous le ferez, avant quelle date ?",
        more="Avec vos mots",
        words="Autre chose que vous souhaitez dire",
        who="Qui répond",
        name="Nom",
        function="Fonction",
        publish="Vous pouvez publier cette réponse mot pour mot",
        publish_more="Sinon, nous dirons seulement en public que vous avez répondu, et ce qu’une personne a consigné "
        "pour chaque demande.",
        published="Peut être publiée mot pour mot",
        unpublished="À ne pas publier",
        next="Ce que devient votre réponse",
        next_read="Une personne la lit et consigne ce qu’elle signifie pour chaque demande.",
        next_date="Tant que court une date que vous avez donnée et que nous avons consignée, aucune autre étape n’est "
        "engagée.",
        next_again="Vous pouvez répondre de nouveau ; toutes les versions sont gardées.",
        check="Vérifier ma réponse",
        check_more="Rien n’est encore envoyé. Relisez, ajoutez le code de notre lettre, puis envoyez.",
        passcode="Code",
        passcode_more="Huit lettres et chiffres ; ils se trouvent près du lien dans notre lettre.",
        document="Un document, si vous le souhaitez",
        document_more="Un PDF ou une photo de 5 Mo au plus.",
        send="Envoyer la réponse",
        change="Modifier quelque chose",
        sent="Nous avons reçu votre réponse",
        sent_more="Une personne la lira. Vous n’avez rien d’autre à faire.",
        again="Répondre de nouveau",
        rather="Vous préférez écrire ? Répondez à notre lettre, dans n’importe quelle langue.",
        trouble="Il y a un problème",
        no_answer="Répondez à une demande au moins, ou écrivez quelque chose",
        no_date="Demande {number} : donnez la date avant laquelle vous le ferez",
        no_past="Demande {number} : donnez un jour entre aujourd’hui et dans dix ans",
        no_function="Dites en quelle fonction vous répondez",
        no_long="C’est trop long : tous les textes ensemble peuvent avoir 20 000 caractères",
        no_passcode="Ce code ne va pas avec ce lien. Comparez-le avec notre lettre et essayez encore",
        no_patience="Il y a eu beaucoup de codes faux. Essayez de nouveau dans un quart d’heure",
        no_document="Le document doit être un PDF ou une photo de 5 Mo au plus",
        lost="Ce lien ne fonctionne pas",
        lost_more="Il en manque peut-être une partie. Ouvrez-le de nouveau depuis notre lettre, ou répondez à la "
        "lettre.",
        languages="Langues",
    ),
    "de": Answering(
        title="Antwort auf unseren Brief",
        letter="Antwort auf unseren Brief vom {day}",
        lede="Danke, dass Sie sich die Zeit nehmen. Sie können auf eine Forderung antworten oder auf alle, und später "
        "wiederkommen: Der Link in Ihrem Brief bleibt offen.",
        fill_in="Antworten",
        checking="Prüfen und senden",
        done="Wir haben das getan",
        partly="Wir haben einen Teil davon getan",
        committed="Wir werden es tun, bis zu einem Tag",
        refused="Wir werden es nicht tun",
        deflected="Dafür sind wir nicht zuständig",
        none="Vorerst keine Position",
        by_when="Wenn Sie es tun: bis zu welchem Tag?",
        more="In Ihren Worten",
        words="Was Sie sonst noch sagen möchten",
        who="Wer antwortet",
        name="Name",
        function="Funktion",
        publish="Sie dürfen diese Antwort im Wortlaut veröffentlichen",
        publish_more="Sonst sagen wir öffentlich nur, dass Sie geantwortet haben, und was ein Mensch zu jeder "
        "Forderung festgehalten hat.",
        published="Darf im Wortlaut veröffentlicht werden",
        unpublished="Nicht zu veröffentlichen",
        next="Was mit Ihrer Antwort geschieht",
        next_read="Ein Mensch liest sie und hält fest, was sie für jede Forderung bedeutet.",
        next_date="Solange ein Tag, den Sie genannt und wir festgehalten haben, nicht vorüber ist, folgt kein weiterer "
        "Schritt.",
        next_again="Sie können erneut antworten; jede Fassung bleibt erhalten.",
        check="Antwort prüfen",
        check_more="Noch ist nichts gesendet. Lesen Sie sie noch einmal, geben Sie den Code aus unserem Brief ein und "
        "senden Sie sie.",
        passcode="Code",
        passcode_more="Acht Buchstaben und Ziffern; sie stehen in unserem Brief neben dem Link.",
        document="Ein Dokument, wenn Sie möchten",
        document_more="Ein PDF oder ein Foto mit höchstens 5 MB.",
        send="Antwort senden",
        change="Etwas ändern",
        sent="Wir haben Ihre Antwort erhalten",
        sent_more="Ein Mensch wird sie lesen. Sie brauchen nichts weiter zu tun.",
        again="Noch einmal antworten",
        rather="Sie möchten lieber schreiben? Antworten Sie auf unseren Brief, in jeder Sprache.",
        trouble="Etwas stimmt nicht",
        no_answer="Antworten Sie auf mindestens eine Forderung, oder schreiben Sie etwas",
        no_date="Forderung {number}: Nennen Sie den Tag, bis zu dem Sie es tun werden",
        no_past="Forderung {number}: Nennen Sie einen Tag zwischen heute und in zehn Jahren",
        no_function="Sagen Sie, in welcher Funktion Sie antworten",
        no_long="Das ist zu lang: Alle Texte zusammen dürfen 20.000 Zeichen haben",
        no_passcode="Dieser Code gehört nicht zu diesem Link. Vergleichen Sie ihn mit unserem Brief und versuchen Sie "
        "es noch einmal",
        no_patience="Es gab viele falsche Codes. Versuchen Sie es in einer Viertelstunde noch einmal",
        no_document="Das Dokument muss ein PDF oder ein Foto mit höchstens 5 MB sein",
        lost="Dieser Link funktioniert nicht",
        lost_more="Vielleicht fehlt ein Teil davon. Öffnen Sie ihn noch einmal aus unserem Brief, oder antworten Sie "
        "auf den Brief.",
        languages="Sprachen",
    ),
    "es": Answering(
        title="Respuesta a nuestra carta",
        letter="Respuesta a nuestra carta del {day}",
        lede="Gracias por su tiempo. Puede responder a una demanda o a todas, y volver más tarde: el enlace de su "
        "carta sigue abierto.",
        fill_in="Responder",
        checking="Comprobar y enviar",
        done="Lo hemos hecho",
        partly="Hemos hecho una parte",
        committed="Lo haremos antes de una fecha",
        refused="No lo haremos",
        deflected="No nos corresponde hacerlo",
        none="Sin posición por ahora",
        by_when="Si lo harán, ¿antes de qué fecha?",
        more="Con sus palabras",
        words="Algo más que desee decir",
        who="Quién responde",
        name="Nombre",
        function="Cargo",
        publish="Pueden publicar esta respuesta palabra por palabra",
        publish_more="Si no, diremos en público solo que han respondido y lo que una persona anotó para cada demanda.",
        published="Se puede publicar palabra por palabra",
        unpublished="No publicar",
        next="Qué pasa con su respuesta",
        next_read="Una persona la lee y anota qué significa para cada demanda.",
        next_date="Mientras corre una fecha que ustedes dieron y nosotros anotamos, no se da otro paso.",
        next_again="Puede responder de nuevo; se guardan todas las versiones.",
        check="Comprobar mi respuesta",
        check_more="Todavía no se ha enviado nada. Léala otra vez, añada el código de nuestra carta y envíela.",
        passcode="Código",
        passcode_more="Ocho letras y cifras; están junto al enlace en nuestra carta.",
        document="Un documento, si lo desea",
        document_more="Un PDF o una fotografía de 5 MB como máximo.",
        send="Enviar la respuesta",
        change="Cambiar algo",
        sent="Hemos recibido su respuesta",
        sent_more="Una persona la leerá. No tiene que hacer nada más.",
        again="Responder de nuevo",
        rather="¿Prefiere escribir? Responda a nuestra carta, en cualquier idioma.",
        trouble="Hay un problema",
        no_answer="Responda al menos a una demanda, o escriba algo",
        no_date="Demanda {number}: indique la fecha antes de la cual lo harán",
        no_past="Demanda {number}: indique un día entre hoy y dentro de diez años",
        no_function="Diga en qué cargo responde",
        no_long="Es demasiado largo: todos los textos juntos pueden tener 20 000 caracteres",
        no_passcode="Este código no corresponde a este enlace. Compárelo con nuestra carta e inténtelo de nuevo",
        no_patience="Ha habido muchos códigos erróneos. Inténtelo de nuevo dentro de un cuarto de hora",
        no_document="El documento debe ser un PDF o una fotografía de 5 MB como máximo",
        lost="Este enlace no funciona",
        lost_more="Quizá le falte una parte. Ábralo de nuevo desde nuestra carta, o responda a la carta.",
        languages="Idiomas",
    ),
    "ar": Answering(
        title="الرد على رسالتنا",
        letter="الرد على رسالتنا المؤرخة {day}",
        lede="شكرا لكم على وقتكم. يمكنكم الرد على مطلب واحد أو على جميع المطالب والعودة لاحقا: يبقى الرابط الوارد في "
        "رسالتكم مفتوحا.",
        fill_in="الرد",
        checking="المراجعة والإرسال",
        done="لقد فعلنا ذلك",
        partly="لقد فعلنا جزءا منه",
        committed="سنفعل ذلك قبل موعد محدد",
        refused="لن نفعل ذلك",
        deflected="ليس ذلك من اختصاصنا",
        none="لا موقف في الوقت الحالي",
        by_when="إن كنتم ستفعلون ذلك، فقبل أي تاريخ؟",
        more="بكلماتكم",
        words="أي شيء آخر تودون قوله",
        who="من يرد",
        name="الاسم",
        function="الصفة",
        publish="يمكنكم نشر هذا الرد حرفيا",
        publish_more="وإلا فلن نقول علنا إلا أنكم رددتم وما سجله شخص بشأن كل مطلب.",
        published="يمكن نشره حرفيا",
        unpublished="لا ينشر",
        next="ماذا يحدث لردكم",
        next_read="يقرؤه شخص ويسجل ما يعنيه بالنسبة إلى كل مطلب.",
        next_date="ما دام موعد ذكرتموه وسجلناه لم ينقض، فلا تتخذ خطوة أخرى.",
        next_again="يمكنكم الرد مرة أخرى؛ وتحفظ جميع النسخ.",
        check="مراجعة ردي",
        check_more="لم يرسل شيء بعد. اقرؤوه مرة أخرى وأضيفوا الرمز الوارد في رسالتنا ثم أرسلوه.",
        passcode="الرمز",
        passcode_more="ثمانية أحرف وأرقام؛ تجدونها بجانب الرابط في رسالتنا.",
        document="مستند، إن شئتم",
        document_more="ملف PDF أو صورة لا يزيد حجمها على 5 ميغابايت.",
        send="إرسال الرد",
        change="تغيير شيء ما",
        sent="لقد تلقينا ردكم",
        sent_more="سيقرؤه شخص. لا يلزمكم فعل أي شيء آخر.",
        again="الرد مرة أخرى",
        rather="تفضلون الكتابة؟ أجيبوا عن رسالتنا بأي لغة.",
        trouble="هناك مشكلة",
        no_answer="أجيبوا عن مطلب واحد على الأقل أو اكتبوا شيئا",
        no_date="المطلب {number}: اذكروا التاريخ الذي ستفعلون ذلك قبله",
        no_past="المطلب {number}: اذكروا يوما بين اليوم وعشر سنوات من الآن",
        no_function="اذكروا الصفة التي تردون بها",
        no_long="النص أطول من اللازم: يمكن أن تضم النصوص كلها معا 20000 حرف",
        no_passcode="هذا الرمز لا يخص هذا الرابط. قارنوه برسالتنا وحاولوا مرة أخرى",
        no_patience="كانت هناك رموز خاطئة كثيرة. حاولوا مرة أخرى بعد ربع ساعة",
        no_document="يجب أن يكون المستند ملف PDF أو صورة لا يزيد حجمها على 5 ميغابايت",
        lost="هذا الرابط لا يعمل",
        lost_more="ربما ينقصه جزء. افتحوه مرة أخرى من رسالتنا، أو أجيبوا عن الرسالة.",
        languages="اللغات",
    ),
}
