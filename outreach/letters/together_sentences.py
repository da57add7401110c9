"""What we say to an office of letters that come together, by mail and on their page, in every language we know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TogetherSentences:
    """`subject` … `answer`: of the message. `title` … `answer_one`: of the page with all letters. `choose` … `chosen`:
    where an office says how it wants letters. `lost`, `lost_more`: no such link. `gone`: words not kept any more.
    `rather`: under a single letter. `public`: on the
    campaign's page, beside the office's name.
    """

    subject: str
    intro: str
    places: str
    others: str
    own: str
    alike: str
    all: str
    answer: str
    title: str
    title_of_one: str
    sent: str
    each: str
    of: str
    answer_one: str
    nearly: str
    gone: str
    choose: str
    choose_more: str
    only_together: str
    one_by_one: str
    chosen_together: str
    chosen_one_by_one: str
    lost: str
    lost_more: str
    rather: str
    public: str


TOGETHER = {
    "en": TogetherSentences(
        subject="{number} letters to you about “{title}”",
        intro="{number} people wrote to you about **{title}**. Each confirmed the letter by email. So as not to send "
        "you many messages, {campaign} brings them together.",
        places="They live in: {places}.",
        others="and {number} other places",
        own="In their own words:",
        alike="{number} letters say nearly the same.",
        all="Every letter, word for word, with an address for your answer to whoever wrote it:",
        answer="An answer to this message goes to {campaign}.",
        title="{number} letters to {office}",
        title_of_one="A letter to {office}",
        sent="Brought by {campaign} on {day}",
        each="Letter {n} of {number}",
        of="{name}, {place}",
        answer_one="Answer {name}",
        nearly="{number} letters say nearly the same as this one",
        gone="The words of this letter are not kept any more.",
        choose="How would you like to get such letters?",
        choose_more="What you choose holds for letters of supporters to {address}, in every campaign here. Nobody is "
        "kept from writing.",
        only_together="Together only, once a day at the most",
        one_by_one="A few one by one, the rest together",
        chosen_together="You get letters together only",
        chosen_one_by_one="You get a few letters one by one, and the rest together",
        lost="This link does not work",
        lost_more="Perhaps a part of it is missing. Open it again in the message.",
        rather="Letters together, once a day, instead of one by one: {link}",
        public="letters from supporters: {number}",
    ),
    "hy": TogetherSentences(
        subject="Նամակներ ձեզ՝ {number}․ «{title}»",
        intro="**{title}** արշավի մասին ձեզ գրել է {number} մարդ։ Յուրաքանչյուրն իր նամակը հաստատել է էլ. փոստով։ "
        "Որպեսզի շատ հաղորդագրություններ չստանաք, {campaign} դրանք բերում է միասին։",
        places="Նրանք ապրում են՝ {places}։",
        others="և ևս {number} վայրում",
        own="Իրենց խոսքերով՝",
        alike="Գրեթե նույնն են ասում {number} նամակ։",
        all="Բոլոր նամակները՝ բառացի, յուրաքանչյուր հեղինակին պատասխանելու հասցեով՝",
        answer="Այս հաղորդագրության պատասխանը ստանում է {campaign}։",
        title="{number} նամակ․ {office}",
        title_of_one="Նամակ․ {office}",
        sent="Բերել է {campaign}, {day}",
        each="Նամակ {n}՝ {number}-ից",
        of="{name}, {place}",
        answer_one="Պատասխանել՝ {name}",
        nearly="Գրեթե նույնն են ասում {number} նամակ",
        gone="Այս նամակի խոսքերն այլևս չեն պահվում։",
        choose="Ինչպե՞ս եք ուզում ստանալ այսպիսի նամակներ",
        choose_more="Ձեր ընտրությունը գործում է {address} հասցեով աջակիցների նամակների համար՝ այստեղի բոլոր "
        "արշավներում։ Գրել ոչ մեկին չի արգելվում։",
        only_together="Միայն միասին, օրական ամենաշատը մեկ անգամ",
        one_by_one="Մի քանիսը առանձին, մնացածը՝ միասին",
        chosen_together="Նամակները ստանում եք միայն միասին",
        chosen_one_by_one="Մի քանի նամակ ստանում եք առանձին, մնացածը՝ միասին",
        lost="Այս հղումը չի աշխատում",
        lost_more="Հնարավոր է՝ դրա մի մասը պակասում է։ Նորից բացեք այն նամակից։",
        rather="Նամակները միասին, օրական մեկ անգամ, ոչ թե առանձին-առանձին՝ {link}",
        public="աջակիցների նամակներ՝ {number}",
    ),
    "ru": TogetherSentences(
        subject="Письма вам ({number}): «{title}»",
        intro="Число писем к вам о кампании **{title}**: {number}. Каждое подтверждено по электронной почте. Чтобы "
        "не присылать вам много сообщений, {campaign} передаёт их вместе.",
        places="Авторы живут здесь: {places}.",
        others="и другие места: {number}",
        own="Их собственными словами:",
        alike="Писем, где сказано почти то же самое: {number}.",
        all="Все письма слово в слово, с адресом для ответа каждому автору:",
        answer="Ответ на это сообщение получает {campaign}.",
        title="Писем: {number}. {office}",
        title_of_one="Письмо. {office}",
        sent="Передаёт {campaign}, {day}",
        each="Письмо {n} из {number}",
        of="{name}, {place}",
        answer_one="Ответить: {name}",
        nearly="Писем, где сказано почти то же самое: {number}",
        gone="Слова этого письма больше не хранятся.",
        choose="Как вы хотите получать такие письма?",
        choose_more="Ваш выбор действует для писем сторонников на адрес {address} во всех кампаниях здесь. Писать "
        "никому не запрещается.",
        only_together="Только вместе, не чаще раза в день",
        one_by_one="Несколько по одному, остальные вместе",
        chosen_together="Вы получаете письма только вместе",
        chosen_one_by_one="Вы получаете несколько писем по одному, остальные вместе",
        lost="Эта ссылка не работает",
        lost_more="Возможно, не хватает её части. Откройте её ещё раз из сообщения.",
        rather="Письма вместе, раз в день, а не по одному: {link}",
        public="писем сторонников: {number}",
    ),
    "fr": TogetherSentences(
        subject="{number} lettres pour vous : « {title} »",
        intro="{number} personnes vous ont écrit au sujet de **{title}**. Chacune a confirmé sa lettre par courriel. "
        "Pour ne pas vous envoyer de nombreux messages, {campaign} les apporte ensemble.",
        places="Elles vivent ici : {places}.",
        others="et {number} autres lieux",
        own="Dans leurs propres mots :",
        alike="{number} lettres disent presque la même chose.",
        all="Toutes les lettres, mot pour mot, avec une adresse pour répondre à chaque auteur :",
        answer="Une réponse à ce message parvient à {campaign}.",
        title="{number} lettres : {office}",
        title_of_one="Une lettre : {office}",
        sent="Apportées par {campaign} le {day}",
        each="Lettre {n} sur {number}",
        of="{name}, {place}",
        answer_one="Répondre à {name}",
        nearly="{number} lettres disent presque la même chose que celle-ci",
        gone="Les mots de cette lettre ne sont plus conservés.",
        choose="Comment souhaitez-vous recevoir ces lettres ?",
        choose_more="Votre choix vaut pour les lettres de sympathisants à {address}, dans toutes les campagnes d’ici. "
        "Personne n’est empêché d’écrire.",
        only_together="Ensemble seulement, une fois par jour au plus",
        one_by_one="Quelques-unes une à une, le reste ensemble",
        chosen_together="Vous recevez les lettres ensemble seulement",
        chosen_one_by_one="Vous recevez quelques lettres une à une, et le reste ensemble",
        lost="Ce lien ne fonctionne pas",
        lost_more="Il en manque peut-être une partie. Ouvrez-le de nouveau dans le message.",
        rather="Recevoir les lettres ensemble, une fois par jour, plutôt qu’une à une : {link}",
        public="lettres de sympathisants : {number}",
    ),
    "de": TogetherSentences(
        subject="{number} Briefe an Sie zu „{title}“",
        intro="{number} Menschen haben Ihnen zu **{title}** geschrieben. Jeder Brief wurde per E-Mail bestätigt. Um "
        "Ihnen nicht viele Nachrichten zu schicken, bringt {campaign} sie zusammen.",
        places="Sie leben hier: {places}.",
        others="und {number} andere Orte",
        own="In ihren eigenen Worten:",
        alike="{number} Briefe sagen fast dasselbe.",
        all="Alle Briefe, Wort für Wort, mit einer Adresse für Ihre Antwort an jeden Absender:",
        answer="Eine Antwort auf diese Nachricht geht an {campaign}.",
        title="{number} Briefe an {office}",
        title_of_one="Ein Brief an {office}",
        sent="Überbracht von {campaign} am {day}",
        each="Brief {n} von {number}",
        of="{name}, {place}",
        answer_one="{name} antworten",
        nearly="{number} Briefe sagen fast dasselbe wie dieser",
        gone="Die Worte dieses Briefs werden nicht mehr aufbewahrt.",
        choose="Wie möchten Sie solche Briefe bekommen?",
        choose_more="Ihre Wahl gilt für Briefe von Unterstützern an {address}, in allen Kampagnen hier. Niemand wird "
        "am Schreiben gehindert.",
        only_together="Nur zusammen, höchstens einmal am Tag",
        one_by_one="Einige einzeln, den Rest zusammen",
        chosen_together="Sie bekommen Briefe nur zusammen",
        chosen_one_by_one="Sie bekommen einige Briefe einzeln und den Rest zusammen",
        lost="Dieser Link funktioniert nicht",
        lost_more="Vielleicht fehlt ein Teil davon. Öffnen Sie ihn noch einmal in der Nachricht.",
        rather="Briefe zusammen, einmal am Tag, statt einzeln: {link}",
        public="Briefe von Unterstützern: {number}",
    ),
    "es": TogetherSentences(
        subject="{number} cartas para usted: «{title}»",
        intro="{number} personas le han escrito sobre **{title}**. Cada una confirmó su carta por correo electrónico. "
        "Para no enviarle muchos mensajes, {campaign} las trae juntas.",
        places="Viven aquí: {places}.",
        others="y otros {number} lugares",
        own="Con sus propias palabras:",
        alike="{number} cartas dicen casi lo mismo.",
        all="Todas las cartas, palabra por palabra, con una dirección para responder a cada persona:",
        answer="La respuesta a este mensaje llega a {campaign}.",
        title="{number} cartas: {office}",
        title_of_one="Una carta: {office}",
        sent="Traídas por {campaign} el {day}",
        each="Carta {n} de {number}",
        of="{name}, {place}",
        answer_one="Responder a {name}",
        nearly="{number} cartas dicen casi lo mismo que esta",
        gone="Las palabras de esta carta ya no se conservan.",
        choose="¿Cómo prefiere recibir estas cartas?",
        choose_more="Su elección vale para las cartas de simpatizantes a {address}, en todas las campañas de aquí. A "
        "nadie se le impide escribir.",
        only_together="Solo juntas, una vez al día como mucho",
        one_by_one="Algunas una a una, el resto juntas",
        chosen_together="Recibe las cartas solo juntas",
        chosen_one_by_one="Recibe algunas cartas una a una, y el resto juntas",
        lost="Este enlace no funciona",
        lost_more="Quizá falte una parte. Ábralo de nuevo en el mensaje.",
        rather="Las cartas juntas, una vez al día, en vez de una a una: {link}",
        public="cartas de simpatizantes: {number}",
    ),
    "ar": TogetherSentences(
        subject="رسائل إليكم ({number}): «{title}»",
        intro="عدد الرسائل إليكم بشأن **{title}**: {number}. كل رسالة جرى تأكيدها بالبريد الإلكتروني. كي لا تصلكم "
        "رسائل كثيرة متفرقة، تنقلها {campaign} معًا.",
        places="أماكن إقامة الكاتبين: {places}.",
        others="وأماكن أخرى: {number}",
        own="بكلماتهم:",
        alike="رسائل تقول الشيء نفسه تقريبًا: {number}.",
        all="كل الرسائل حرفيًا، مع عنوان للرد على كل كاتب:",
        answer="الرد على هذه الرسالة يصل إلى {campaign}.",
        title="رسائل: {number}. {office}",
        title_of_one="رسالة. {office}",
        sent="نقلتها {campaign}، {day}",
        each="الرسالة {n} من {number}",
        of="{name}، {place}",
        answer_one="الرد على {name}",
        nearly="رسائل تقول تقريبًا ما تقوله هذه: {number}",
        gone="كلمات هذه الرسالة لم تعد محفوظة.",
        choose="كيف تودون استلام هذه الرسائل؟",
        choose_more="يسري اختياركم على رسائل المؤيدين إلى {address} في كل الحملات هنا. لا يُمنع أحد من الكتابة.",
        only_together="معًا فقط، مرة في اليوم على الأكثر",
        one_by_one="بعضها منفردة والباقي معًا",
        chosen_together="تصلكم الرسائل معًا فقط",
        chosen_one_by_one="تصلكم بعض الرسائل منفردة والباقي معًا",
        lost="هذا الرابط لا يعمل",
        lost_more="ربما ينقصه جزء. افتحوه مرة أخرى من الرسالة.",
        rather="الرسائل معًا، مرة في اليوم، بدلًا من رسالة رسالة: {link}",
        public="رسائل من المؤيدين: {number}",
    ),
}
