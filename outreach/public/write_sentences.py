"""What the page says on which people find who represents them, in every language it knows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WriteSentences:
    """`{place}`: a place by its name. `{name}`: an office. `{address}`: where it is reached."""

    title: str
    lede: str
    where: str
    where_hint: str
    choose: str
    choose_hint: str
    any: str
    find: str
    privacy: str
    unknown: str
    several: str
    nothing: str
    found: str
    narrower: str
    vacant: str
    nobody: str
    form: str
    phone: str
    post: str
    naming: str
    by_us: str
    which_country: str
    country: str
    street: str
    street_hint: str
    unsure: str
    instead: str


WRITE = {
    "en": WriteSentences(
        title="Write to your representative",
        lede="A few sentences in your own words count more than any that we could write for you.",
        where="Postcode or town",
        where_hint="It is used once to find who represents you, and is not kept.",
        choose="Or choose where you live",
        choose_hint="If you are not sure, choose the larger place.",
        any="Choose",
        find="Find",
        privacy="We do not see whether you wrote: you write as yourself, and the answer comes to you.",
        unknown="We do not know this place. Choose where you live from the list.",
        several="This may lie in several places. Choose yours from the list.",
        nothing="Say where you live, or choose it from the list.",
        found="Who represents you: {place}",
        narrower="More people represent you in your part of {place}. Choose it:",
        vacant="Nobody holds this office now",
        nobody="We know of nobody who represents {place} alone; the office may be vacant.",
        form="Write by the office’s web form",
        phone="Call {address}",
        post="By post:",
        naming="Name them in a post of yours on X: {address}",
        by_us="We know of no way here that is open to everybody. The campaign writes to this office itself.",
        which_country="Several countries have this postcode. Choose yours.",
        country="Country",
        street="Street, number and town (if you like)",
        street_hint="Only if the postcode is not enough. It is said to a service that knows districts, and is not "
        "kept.",
        unsure="The service that knows districts does not answer now. Choose where you live from the list.",
        instead="Instead, you can turn to:",
    ),
    "hy": WriteSentences(
        title="Գրեք ձեր ներկայացուցչին",
        lede="Ձեր իսկ բառերով մի քանի նախադասությունն ավելի կշռելի է, քան այն ամենը, ինչ մենք կգրեինք ձեր փոխարեն։",
        where="Փոստային դասիչ կամ քաղաք",
        where_hint="Օգտագործվում է մեկ անգամ՝ ձեր ներկայացուցչին գտնելու համար, և չի պահվում։",
        choose="Կամ ընտրեք ձեր բնակավայրը",
        choose_hint="Եթե վստահ չեք, ընտրեք ավելի մեծ տարածքը։",
        any="Ընտրեք",
        find="Գտնել",
        privacy="Մենք չենք տեսնում՝ գրել եք, թե ոչ. գրում եք ձեր անունից, և պատասխանը գալիս է ձեզ։",
        unknown="Այս վայրը մեզ հայտնի չէ։ Ընտրեք ձեր բնակավայրը ցանկից։",
        several="Սա կարող է մի քանի տարածքի պատկանել։ Ընտրեք ձերը ցանկից։",
        nothing="Նշեք ձեր բնակավայրը կամ ընտրեք ցանկից։",
        found="Ով է ձեզ ներկայացնում՝ {place}",
        narrower="{place}. ձեր մասում ձեզ ուրիշներ էլ են ներկայացնում։ Ընտրեք այն՝",
        vacant="Այս պաշտոնն այժմ թափուր է",
        nobody="{place}. միայն այս տարածքը ներկայացնող մեզ հայտնի չէ. պաշտոնը գուցե թափուր է։",
        form="Գրել գրասենյակի կայքի ձևաթղթով",
        phone="Զանգահարել՝ {address}",
        post="Փոստով՝",
        naming="Նշեք նրան X-ի ձեր գրառման մեջ՝ {address}",
        by_us="Բոլորի համար բաց եղանակ մեզ հայտնի չէ։ Այս գրասենյակին գրում է հենց արշավը։",
        which_country="Այս դասիչը մի քանի երկրում կա։ Ընտրեք ձերը։",
        country="Երկիր",
        street="Փողոց, տուն և քաղաք (եթե ցանկանում եք)",
        street_hint="Միայն եթե դասիչը բավարար չէ։ Ասվում է ընտրատարածքներն իմացող ծառայությանը և չի պահվում։",
        unsure="Ընտրատարածքներն իմացող ծառայությունն այժմ չի պատասխանում։ Ընտրեք ցանկից, թե որտեղ եք ապրում։",
        instead="Փոխարենը կարող եք դիմել՝",
    ),
    "ru": WriteSentences(
        title="Напишите своему представителю",
        lede="Несколько предложений своими словами значат больше, чем всё, что мы могли бы написать за вас.",
        where="Почтовый индекс или город",
        where_hint="Нужен один раз, чтобы найти вашего представителя, и не сохраняется.",
        choose="Или выберите, где вы живёте",
        choose_hint="Если не уверены, выберите более крупное место.",
        any="Выберите",
        find="Найти",
        privacy="Мы не видим, написали ли вы: вы пишете от своего имени, и ответ придёт вам.",
        unknown="Мы не знаем этого места. Выберите из списка, где вы живёте.",
        several="Это может относиться к нескольким местам. Выберите своё из списка.",
        nothing="Укажите, где вы живёте, или выберите из списка.",
        found="Кто вас представляет: {place}",
        narrower="{place}: в вашей части вас представляет ещё кто-то. Выберите её:",
        vacant="Сейчас эту должность никто не занимает",
        nobody="{place}: мы не знаем никого, кто представляет только это место; возможно, должность свободна.",
        form="Написать через форму на сайте",
        phone="Позвонить: {address}",
        post="Почтой:",
        naming="Назовите в своей записи в X: {address}",
        by_us="Открытого для всех способа мы здесь не знаем. В это ведомство пишет сама кампания.",
        which_country="Такой индекс есть в нескольких странах. Выберите свою.",
        country="Страна",
        street="Улица, дом и город (если хотите)",
        street_hint="Только если индекса мало. Сообщается службе, которая знает округа, и не сохраняется.",
        unsure="Служба, которая знает округа, сейчас не отвечает. Выберите место из списка.",
        instead="Вместо этого вы можете обратиться сюда:",
    ),
    "fr": WriteSentences(
        title="Écrivez à votre représentant",
        lede="Quelques phrases à vous comptent plus que toutes celles que nous pourrions écrire à votre place.",
        where="Code postal ou ville",
        where_hint="Il sert une fois à trouver qui vous représente et n’est pas conservé.",
        choose="Ou choisissez où vous habitez",
        choose_hint="Si vous n’êtes pas sûr, choisissez le lieu le plus grand.",
        any="Choisir",
        find="Trouver",
        privacy="Nous ne voyons pas si vous avez écrit : vous écrivez en votre nom et la réponse vous parvient.",
        unknown="Nous ne connaissons pas ce lieu. Choisissez où vous habitez dans la liste.",
        several="Ce lieu peut appartenir à plusieurs territoires. Choisissez le vôtre dans la liste.",
        nothing="Dites où vous habitez, ou choisissez-le dans la liste.",
        found="Qui vous représente : {place}",
        narrower="{place} : d’autres vous représentent dans votre partie. Choisissez-la :",
        vacant="Personne n’occupe cette fonction actuellement",
        nobody="{place} : nous ne connaissons personne qui représente ce seul lieu ; le siège est peut-être vacant.",
        form="Écrire par le formulaire du bureau",
        phone="Appeler {address}",
        post="Par courrier :",
        naming="Nommez-le dans votre message sur X : {address}",
        by_us="Nous ne connaissons ici aucun moyen ouvert à tous. La campagne écrit elle-même à ce bureau.",
        which_country="Plusieurs pays ont ce code postal. Choisissez le vôtre.",
        country="Pays",
        street="Rue, numéro et ville (si vous voulez)",
        street_hint="Seulement si le code postal ne suffit pas. Dit à un service qui connaît les circonscriptions, "
        "jamais conservé.",
        unsure="Le service qui connaît les circonscriptions ne répond pas en ce moment. Choisissez votre lieu dans "
        "la liste.",
        instead="Vous pouvez vous adresser à sa place à :",
    ),
    "de": WriteSentences(
        title="Schreiben Sie Ihrer Vertretung",
        lede="Ein paar Sätze in eigenen Worten zählen mehr als alle, die wir für Sie schreiben könnten.",
        where="Postleitzahl oder Ort",
        where_hint="Sie dient einmal dazu, Ihre Vertretung zu finden, und wird nicht aufbewahrt.",
        choose="Oder wählen Sie, wo Sie wohnen",
        choose_hint="Wenn Sie nicht sicher sind, wählen Sie das größere Gebiet.",
        any="Wählen",
        find="Finden",
        privacy="Wir sehen nicht, ob Sie geschrieben haben: Sie schreiben selbst, und die Antwort kommt zu Ihnen.",
        unknown="Diesen Ort kennen wir nicht. Wählen Sie aus der Liste, wo Sie wohnen.",
        several="Das kann in mehreren Gebieten liegen. Wählen Sie Ihres aus der Liste.",
        nothing="Sagen Sie, wo Sie wohnen, oder wählen Sie es aus der Liste.",
        found="Wer Sie vertritt: {place}",
        narrower="{place}: In Ihrem Teil vertritt Sie noch jemand. Wählen Sie ihn:",
        vacant="Dieses Amt hat zurzeit niemand inne",
        nobody="{place}: Wir kennen niemanden, der nur dieses Gebiet vertritt; vielleicht ist der Sitz frei.",
        form="Über das Formular des Büros schreiben",
        phone="Anrufen: {address}",
        post="Per Post:",
        naming="Nennen Sie sie oder ihn in Ihrem Beitrag auf X: {address}",
        by_us="Wir kennen hier keinen Weg, der allen offensteht. Diesem Büro schreibt die Kampagne selbst.",
        which_country="Diese Postleitzahl gibt es in mehreren Ländern. Wählen Sie Ihres.",
        country="Land",
        street="Straße, Hausnummer und Ort (wenn Sie mögen)",
        street_hint="Nur wenn die Postleitzahl nicht genügt. Wird einem Dienst gesagt, der die Wahlkreise kennt, und "
        "nicht aufbewahrt.",
        unsure="Der Dienst, der die Wahlkreise kennt, antwortet gerade nicht. Wählen Sie Ihren Ort aus der Liste.",
        instead="Stattdessen können Sie sich wenden an:",
    ),
    "es": WriteSentences(
        title="Escriba a su representante",
        lede="Unas frases con sus propias palabras cuentan más que todas las que podríamos escribir por usted.",
        where="Código postal o ciudad",
        where_hint="Se usa una vez para encontrar quién le representa y no se guarda.",
        choose="O elija dónde vive",
        choose_hint="Si no está seguro, elija el lugar más grande.",
        any="Elegir",
        find="Buscar",
        privacy="No vemos si ha escrito: usted escribe en su nombre y la respuesta le llega a usted.",
        unknown="No conocemos este lugar. Elija en la lista dónde vive.",
        several="Puede estar en varios lugares. Elija el suyo en la lista.",
        nothing="Diga dónde vive o elíjalo en la lista.",
        found="Quién le representa: {place}",
        narrower="{place}: en su parte le representa alguien más. Elíjala:",
        vacant="Nadie ocupa ahora este cargo",
        nobody="{place}: no conocemos a nadie que represente solo este lugar; quizá el cargo esté vacante.",
        form="Escribir por el formulario de la oficina",
        phone="Llamar al {address}",
        post="Por correo postal:",
        naming="Nómbrelo en una publicación suya en X: {address}",
        by_us="No conocemos aquí ninguna vía abierta a todos. La campaña escribe por sí misma a esta oficina.",
        which_country="Varios países tienen este código postal. Elija el suyo.",
        country="País",
        street="Calle, número y ciudad (si quiere)",
        street_hint="Solo si el código postal no basta. Se dice a un servicio que conoce los distritos y no se guarda.",
        unsure="El servicio que conoce los distritos no responde ahora. Elija dónde vive en la lista.",
        instead="En su lugar puede dirigirse a:",
    ),
    "ar": WriteSentences(
        title="اكتب إلى من يمثلك",
        lede="بضع جمل بكلماتك أنت لها وزن أكبر من كل ما يمكن أن نكتبه نيابة عنك.",
        where="الرمز البريدي أو المدينة",
        where_hint="يُستعمل مرة واحدة لمعرفة من يمثلك ولا يُحفظ.",
        choose="أو اختر مكان سكنك",
        choose_hint="إن لم تكن متأكدًا فاختر المكان الأكبر.",
        any="اختر",
        find="ابحث",
        privacy="لا نرى هل كتبت أم لا: أنت تكتب باسمك والجواب يصل إليك.",
        unknown="لا نعرف هذا المكان. اختر مكان سكنك من القائمة.",
        several="قد يقع هذا في أكثر من مكان. اختر مكانك من القائمة.",
        nothing="اذكر مكان سكنك أو اختره من القائمة.",
        found="من يمثلك: {place}",
        narrower="{place}: يمثلك آخرون أيضًا في الجزء الذي تسكنه. اختره:",
        vacant="لا يشغل أحد هذا المنصب الآن",
        nobody="{place}: لا نعرف أحدًا يمثل هذا المكان وحده، وقد يكون المنصب شاغرًا.",
        form="اكتب عبر نموذج المكتب على الويب",
        phone="اتصل بالرقم {address}",
        post="بالبريد:",
        naming="اذكره في منشور لك على X: {address}",
        by_us="لا نعرف هنا طريقة متاحة للجميع. الحملة نفسها تكتب إلى هذا المكتب.",
        which_country="هذا الرمز موجود في عدة بلدان. اختر بلدك.",
        country="البلد",
        street="الشارع والرقم والمدينة (إن شئت)",
        street_hint="فقط إن لم يكفِ الرمز البريدي. يُذكر لخدمة تعرف الدوائر ولا يُحفظ.",
        unsure="الخدمة التي تعرف الدوائر لا تجيب الآن. اختر مكان سكنك من القائمة.",
        instead="بدلًا من ذلك يمكنك مراسلة:",
    ),
}
