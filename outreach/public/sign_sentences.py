"""What the campaign's page and the pages for signing say, in every language they know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignSentences:
    """`{…}` are filled in: days, moments and numbers as the language writes them."""

    kicker: str
    languages: str
    deadline: str
    left: str
    over: str
    until: str
    demands: str
    facts: str
    sign: str
    counted: str
    name: str
    email: str
    email_hint: str
    country: str
    postcode: str
    postcode_hint: str
    choose: str
    contact: str
    contact_yes: str
    contact_no: str
    public: str
    public_hint: str
    button: str
    privacy: str
    mine: str
    closed: str
    who: str
    who_more: str
    acted: str
    committed: str
    refused: str
    silent: str
    noproof: str
    addressees: str
    how_many: str
    everyone: str
    steps: str
    steps_more: str
    record: str
    share: str
    share_more: str
    newest: str
    newest_more: str
    problem: str
    name_missing: str
    email_missing: str
    email_wrong: str
    too_long: str
    country_unknown: str
    old: str
    elsewhere: str
    failed: str
    signed: str
    signed_more: str
    signed_none: str
    confirm: str
    confirm_more: str
    confirm_yes: str
    confirm_why: str
    petition: str
    shown: str
    hidden: str
    messages: str
    yes: str
    no: str
    not_me: str
    not_me_more: str
    remove: str
    done: str
    done_more: str
    removed: str
    removed_more: str
    back: str


SIGN = {
    "en": SignSentences(
        kicker="Petition, published on {day}",
        languages="Language",
        deadline="Deadline",
        left="Time left: {span}",
        over="The time is over",
        until="The addressees have until {moment}. Only action stops this clock; an acknowledgement does not.",
        demands="What is demanded",
        facts="What it rests on",
        sign="Sign the petition",
        counted="people have signed and confirmed",
        name="Your name",
        email="Email address",
        email_hint="We send one message to make sure that it is you. It is never shown.",
        country="Country you live in",
        postcode="Postcode (optional)",
        postcode_hint="So that we can tell you how the people who represent you act. It is never shown.",
        choose="Choose, if you like",
        contact="May we write to you about this campaign?",
        contact_yes="Yes: what comes of it, and when my representative stays silent",
        contact_no="No",
        public="Show my name on this page",
        public_hint="Otherwise you count, and nobody sees who you are.",
        button="Sign",
        privacy="Your name and address are kept sealed and given to nobody. You can see or erase them whenever you "
        "want.",
        mine="See or erase your data",
        closed="This campaign is over; it cannot be signed any more.",
        who="Who has to act, and what they have done",
        who_more="Each addressee answers for each demand. The record of every one of them is public.",
        acted="Acted",
        committed="Committed to a date",
        refused="Refused",
        silent="No action yet",
        noproof="Not reached yet",
        addressees="Addressees",
        how_many="How many",
        everyone="All {number} addressees",
        steps="If they stay silent",
        steps_more="Every step is lawful and peaceful, and is published before it happens.",
        record="The public record",
        share="Share",
        share_more="These links open your own app. Nothing is loaded from other sites before you press.",
        newest="Signed lately",
        newest_more="Only names that people chose to show.",
        problem="There is a problem",
        name_missing="Give your name",
        email_missing="Give your email address",
        email_wrong="Give an email address such as anna@mail.example",
        too_long="This is too long",
        country_unknown="Choose a country from the list",
        old="The form was open for too long. Nothing was sent; press the button once more",
        elsewhere="This form came from another site. Nothing was sent; press the button here",
        failed="Your signature could not be kept just now. Nothing was sent; press the button once more",
        signed="Look into your mail",
        signed_more="We have sent a message to the address you gave. Your name counts once you have pressed the button "
        "behind the link in it.",
        signed_none="No message? Look among unwanted mail, and whether the address was right. You may sign again.",
        confirm="Confirm your signature",
        confirm_more="Nothing has happened yet: press the button, and your signature counts.",
        confirm_yes="Yes, count my signature",
        confirm_why="Why a second step? Mail programs open links by themselves to check them. Only a person presses "
        "buttons.",
        petition="Petition",
        shown="shown on the page",
        hidden="not shown",
        messages="Messages",
        yes="Yes",
        no="No",
        not_me="It was not you?",
        not_me_more="Then somebody typed your address. Remove the signature, and we forget this address.",
        remove="Remove it",
        done="Your signature counts",
        done_more="Thank you. Tell others, so that more of us are heard.",
        removed="The signature is removed",
        removed_more="We have forgotten the name and the address that came with it.",
        back="To the petition",
    ),
    "hy": SignSentences(
        kicker="Հանրագիր, հրապարակված՝ {day}",
        languages="Լեզու",
        deadline="Վերջնաժամկետ",
        left="Մնացել է՝ {span}",
        over="Ժամանակը սպառվել է",
        until="Հասցեատերերը ժամանակ ունեն մինչև {moment}։ Այս ժամացույցը կանգնեցնում է միայն գործողությունը, ոչ թե "
        "ստացման հաստատումը։",
        demands="Ինչ է պահանջվում",
        facts="Ինչի վրա է հիմնված",
        sign="Ստորագրել հանրագիրը",
        counted="մարդ ստորագրել և հաստատել է",
        name="Ձեր անունը",
        email="Էլ. փոստի հասցե",
        email_hint="Կուղարկենք մեկ նամակ՝ համոզվելու, որ դա դուք եք։ Հասցեն երբեք չի ցուցադրվում։",
        country="Երկիրը, որտեղ ապրում եք",
        postcode="Փոստային ինդեքս (պարտադիր չէ)",
        postcode_hint="Որպեսզի կարողանանք ասել, թե ինչպես են վարվում ձեզ ներկայացնողները։ Երբեք չի ցուցադրվում։",
        choose="Ընտրեք, եթե ցանկանում եք",
        contact="Կարո՞ղ ենք գրել ձեզ այս արշավի մասին",
        contact_yes="Այո՝ ինչ արդյունք է տալիս և երբ իմ ներկայացուցիչը լռում է",
        contact_no="Ոչ",
        public="Ցույց տալ իմ անունն այս էջում",
        public_hint="Հակառակ դեպքում դուք հաշվվում եք, և ոչ ոք չի տեսնում, թե ով եք։",
        button="Ստորագրել",
        privacy="Ձեր անունն ու հասցեն պահվում են կնքված և ոչ մեկին չեն տրվում։ Ցանկացած պահի կարող եք տեսնել կամ ջնջել "
        "դրանք։",
        mine="Տեսնել կամ ջնջել ձեր տվյալները",
        closed="Այս արշավն ավարտվել է, այն այլևս ստորագրել հնարավոր չէ։",
        who="Ով պետք է գործի և ինչ է արել",
        who_more="Յուրաքանչյուր հասցեատեր պատասխանում է ամեն պահանջի համար։ Բոլորի մասին գրանցումը հրապարակային է։",
        acted="Գործել է",
        committed="Խոստացել է մինչև որոշակի օր",
        refused="Մերժել է",
        silent="Դեռ գործողություն չկա",
        noproof="Դեռ չի հասել",
        addressees="Հասցեատերեր",
        how_many="Քանիսը",
        everyone="Բոլոր {number} հասցեատերերը",
        steps="Եթե նրանք լռեն",
        steps_more="Ամեն քայլ օրինական է ու խաղաղ և հրապարակվում է նախքան կատարվելը։",
        record="Հրապարակային գրանցում",
        share="Տարածել",
        share_more="Այս հղումները բացում են ձեր սեփական հավելվածը։ Մինչև չսեղմեք, այլ կայքերից ոչինչ չի բեռնվում։",
        newest="Վերջերս ստորագրել են",
        newest_more="Միայն անունները, որոնք մարդիկ իրենք են ցանկացել ցույց տալ։",
        problem="Խնդիր կա",
        name_missing="Գրեք ձեր անունը",
        email_missing="Գրեք ձեր էլ. փոստի հասցեն",
        email_wrong="Գրեք էլ. փոստի հասցե, օրինակ՝ anna@mail.example",
        too_long="Սա չափազանց երկար է",
        country_unknown="Ընտրեք երկիր ցանկից",
        old="Ձևը չափազանց երկար բաց է եղել։ Ոչինչ չի ուղարկվել, կրկին սեղմեք կոճակը",
        elsewhere="Այս ձևն ուրիշ կայքից է եկել։ Ոչինչ չի ուղարկվել, սեղմեք կոճակն այստեղ",
        failed="Ձեր ստորագրությունը հիմա հնարավոր չեղավ պահել։ Ոչինչ չի ուղարկվել, կրկին սեղմեք կոճակը",
        signed="Ստուգեք ձեր փոստը",
        signed_more="Ձեր նշած հասցեին նամակ ենք ուղարկել։ Ձեր անունը կհաշվվի, երբ սեղմեք դրա հղման ետևի կոճակը։",
        signed_none="Նամակ չկա՞։ Նայեք անցանկալի նամակներում և ստուգեք՝ հասցեն ճիշտ էր արդյոք։ Կարող եք կրկին "
        "ստորագրել։",
        confirm="Հաստատեք ձեր ստորագրությունը",
        confirm_more="Դեռ ոչինչ չի եղել։ Սեղմեք կոճակը, և ձեր ստորագրությունը կհաշվվի։",
        confirm_yes="Այո, հաշվել իմ ստորագրությունը",
        confirm_why="Ինչո՞ւ երկրորդ քայլ։ Փոստային ծրագրերն իրենք են բացում հղումները՝ դրանք ստուգելու համար։ Կոճակ "
        "սեղմում է միայն մարդը։",
        petition="Հանրագիր",
        shown="ցուցադրվում է էջում",
        hidden="չի ցուցադրվում",
        messages="Նամակներ",
        yes="Այո",
        no="Ոչ",
        not_me="Դուք չէի՞ք",
        not_me_more="Այդ դեպքում ինչ-որ մեկը գրել է ձեր հասցեն։ Հեռացրեք ստորագրությունը, և մենք կմոռանանք այս հասցեն։",
        remove="Հեռացնել",
        done="Ձեր ստորագրությունը հաշվված է",
        done_more="Շնորհակալություն։ Պատմեք ուրիշներին, որ մեզ ավելի լավ լսեն։",
        removed="Ստորագրությունը հեռացված է",
        removed_more="Մենք մոռացել ենք դրա հետ եկած անունն ու հասցեն։",
        back="Դեպի հանրագիր",
    ),
    "ru": SignSentences(
        kicker="Петиция, опубликована {day}",
        languages="Язык",
        deadline="Срок",
        left="Осталось: {span}",
        over="Время истекло",
        until="Срок для адресатов: {moment}. Эти часы останавливает только действие, а не подтверждение получения.",
        demands="Чего мы требуем",
        facts="На чём это основано",
        sign="Подписать петицию",
        counted="человек подписали и подтвердили",
        name="Ваше имя",
        email="Адрес электронной почты",
        email_hint="Мы отправим одно письмо, чтобы убедиться, что это вы. Адрес никогда не показывается.",
        country="Страна, где вы живёте",
        postcode="Почтовый индекс (необязательно)",
        postcode_hint="Чтобы мы могли сообщить вам, как поступают те, кто вас представляет. Он нигде не показывается.",
        choose="Выберите, если хотите",
        contact="Можно ли писать вам об этой кампании?",
        contact_yes="Да: о том, что получилось, и когда мой представитель молчит",
        contact_no="Нет",
        public="Показать моё имя на этой странице",
        public_hint="Иначе вы учтены, но никто не видит, кто вы.",
        button="Подписать",
        privacy="Ваши имя и адрес хранятся запечатанными и никому не передаются. Вы можете увидеть или стереть их, "
        "когда "
        "захотите.",
        mine="Увидеть или стереть свои данные",
        closed="Эта кампания завершена, подписать её больше нельзя.",
        who="Кто должен действовать и что сделано",
        who_more="Каждый адресат отвечает за каждое требование. Сведения о каждом из них открыты для всех.",
        acted="Действовали",
        committed="Обязались к сроку",
        refused="Отказались",
        silent="Действий пока нет",
        noproof="Пока не получили",
        addressees="Адресаты",
        how_many="Сколько",
        everyone="Все адресаты: {number}",
        steps="Если они промолчат",
        steps_more="Каждый шаг законен и мирен и публикуется до того, как его сделают.",
        record="Открытый протокол",
        share="Поделиться",
        share_more="Эти ссылки открывают ваше собственное приложение. До нажатия с других сайтов ничего не "
        "загружается.",
        newest="Недавно подписали",
        newest_more="Только имена, которые люди решили показать.",
        problem="Есть проблема",
        name_missing="Укажите своё имя",
        email_missing="Укажите адрес электронной почты",
        email_wrong="Укажите адрес электронной почты, например anna@mail.example",
        too_long="Это слишком длинно",
        country_unknown="Выберите страну из списка",
        old="Форма была открыта слишком долго. Ничего не отправлено; нажмите кнопку ещё раз",
        elsewhere="Эта форма пришла с другого сайта. Ничего не отправлено; нажмите кнопку здесь",
        failed="Сейчас не удалось сохранить подпись. Ничего не отправлено; нажмите кнопку ещё раз",
        signed="Проверьте почту",
        signed_more="Мы отправили письмо на указанный адрес. Ваше имя будет учтено, когда вы нажмёте кнопку по "
        "ссылке из "
        "него.",
        signed_none="Письма нет? Посмотрите в нежелательной почте и проверьте адрес. Можно подписать ещё раз.",
        confirm="Подтвердите подпись",
        confirm_more="Пока ничего не произошло: нажмите кнопку, и ваша подпись будет учтена.",
        confirm_yes="Да, учесть мою подпись",
        confirm_why="Зачем второй шаг? Почтовые программы сами открывают ссылки, чтобы проверить их. Кнопки нажимает "
        "только человек.",
        petition="Петиция",
        shown="показано на странице",
        hidden="не показано",
        messages="Письма",
        yes="Да",
        no="Нет",
        not_me="Это были не вы?",
        not_me_more="Тогда кто-то указал ваш адрес. Уберите подпись, и мы забудем этот адрес.",
        remove="Убрать",
        done="Ваша подпись учтена",
        done_more="Спасибо. Расскажите другим, чтобы нас услышали.",
        removed="Подпись убрана",
        removed_more="Мы забыли имя и адрес, которые были с ней связаны.",
        back="К петиции",
    ),
    "fr": SignSentences(
        kicker="Pétition publiée le {day}",
        languages="Langue",
        deadline="Délai",
        left="Temps restant : {span}",
        over="Le délai est passé",
        until="Les destinataires ont jusqu’au {moment}. Seul un acte arrête cette horloge ; un accusé de réception ne "
        "suffit pas.",
        demands="Ce qui est demandé",
        facts="Sur quoi cela repose",
        sign="Signer la pétition",
        counted="personnes ont signé et confirmé",
        name="Votre nom",
        email="Adresse électronique",
        email_hint="Nous envoyons un message pour vérifier que c’est bien vous. Elle n’est jamais montrée.",
        country="Pays où vous vivez",
        postcode="Code postal (facultatif)",
        postcode_hint="Pour vous dire comment agissent celles et ceux qui vous représentent. Il n’est jamais affiché.",
        choose="Choisissez, si vous voulez",
        contact="Pouvons-nous vous écrire au sujet de cette campagne ?",
        contact_yes="Oui : ce qu’il en advient, et quand mon représentant se tait",
        contact_no="Non",
        public="Montrer mon nom sur cette page",
        public_hint="Sinon vous comptez, et personne ne voit qui vous êtes.",
        button="Signer",
        privacy="Votre nom et votre adresse sont gardés scellés et ne sont donnés à personne. Vous pouvez les voir "
        "ou les "
        "effacer quand vous voulez.",
        mine="Voir ou effacer vos données",
        closed="Cette campagne est terminée ; on ne peut plus la signer.",
        who="Qui doit agir, et ce qui a été fait",
        who_more="Chaque destinataire répond de chaque demande. Le dossier de chacun est public.",
        acted="Ont agi",
        committed="Engagés à une date",
        refused="Ont refusé",
        silent="Pas encore d’acte",
        noproof="Pas encore joints",
        addressees="Destinataires",
        how_many="Combien",
        everyone="Les {number} destinataires",
        steps="S’ils se taisent",
        steps_more="Chaque étape est légale et pacifique, et elle est publiée avant d’avoir lieu.",
        record="Le dossier public",
        share="Partager",
        share_more="Ces liens ouvrent votre propre application. Rien n’est chargé d’autres sites avant que vous "
        "appuyiez.",
        newest="Ont signé récemment",
        newest_more="Seulement les noms que les gens ont choisi de montrer.",
        problem="Il y a un problème",
        name_missing="Indiquez votre nom",
        email_missing="Indiquez votre adresse électronique",
        email_wrong="Indiquez une adresse électronique comme anna@mail.example",
        too_long="C’est trop long",
        country_unknown="Choisissez un pays dans la liste",
        old="Le formulaire est resté ouvert trop longtemps. Rien n’a été envoyé ; appuyez encore une fois",
        elsewhere="Ce formulaire venait d’un autre site. Rien n’a été envoyé ; appuyez sur le bouton ici",
        failed="Votre signature n’a pas pu être gardée. Rien n’a été envoyé ; appuyez encore une fois",
        signed="Consultez votre messagerie",
        signed_more="Nous avons envoyé un message à l’adresse donnée. Votre nom compte dès que vous appuyez sur le "
        "bouton "
        "derrière le lien qu’il contient.",
        signed_none="Pas de message ? Regardez parmi les indésirables, et vérifiez l’adresse. Vous pouvez signer de "
        "nouveau.",
        confirm="Confirmez votre signature",
        confirm_more="Rien ne s’est encore passé : appuyez sur le bouton, et votre signature compte.",
        confirm_yes="Oui, compter ma signature",
        confirm_why="Pourquoi une seconde étape ? Les logiciels de messagerie ouvrent eux-mêmes les liens pour les "
        "vérifier. Seule une personne appuie sur un bouton.",
        petition="Pétition",
        shown="montré sur la page",
        hidden="non montré",
        messages="Messages",
        yes="Oui",
        no="Non",
        not_me="Ce n’était pas vous ?",
        not_me_more="Alors quelqu’un a saisi votre adresse. Retirez la signature, et nous oublions cette adresse.",
        remove="La retirer",
        done="Votre signature compte",
        done_more="Merci. Parlez-en autour de vous, pour que nous soyons plus nombreux à être entendus.",
        removed="La signature est retirée",
        removed_more="Nous avons oublié le nom et l’adresse qui allaient avec.",
        back="Vers la pétition",
    ),
    "de": SignSentences(
        kicker="Petition, veröffentlicht am {day}",
        languages="Sprache",
        deadline="Frist",
        left="Verbleibende Zeit: {span}",
        over="Die Zeit ist abgelaufen",
        until="Die Adressaten haben Zeit bis {moment}. Nur Handeln hält diese Uhr an; eine Eingangsbestätigung nicht.",
        demands="Was gefordert wird",
        facts="Worauf es beruht",
        sign="Die Petition unterschreiben",
        counted="Menschen haben unterschrieben und bestätigt",
        name="Ihr Name",
        email="E-Mail-Adresse",
        email_hint="Wir senden eine Nachricht, um sicher zu sein, dass Sie es sind. Die Adresse wird nie gezeigt.",
        country="Land, in dem Sie leben",
        postcode="Postleitzahl (freiwillig)",
        postcode_hint="Damit wir Ihnen sagen können, wie Ihre Vertretung handelt. Sie wird nirgends gezeigt.",
        choose="Wählen Sie, wenn Sie mögen",
        contact="Dürfen wir Ihnen zu dieser Kampagne schreiben?",
        contact_yes="Ja: was daraus wird, und wenn meine Vertretung schweigt",
        contact_no="Nein",
        public="Meinen Namen auf dieser Seite zeigen",
        public_hint="Sonst zählen Sie, und niemand sieht, wer Sie sind.",
        button="Unterschreiben",
        privacy="Ihr Name und Ihre Adresse werden versiegelt aufbewahrt und niemandem gegeben. Sie können sie "
        "jederzeit "
        "sehen oder löschen.",
        mine="Ihre Daten sehen oder löschen",
        closed="Diese Kampagne ist beendet; man kann sie nicht mehr unterschreiben.",
        who="Wer handeln muss, und was geschehen ist",
        who_more="Jeder Adressat antwortet für jede Forderung. Die Akte von jedem ist öffentlich.",
        acted="Haben gehandelt",
        committed="Haben ein Datum zugesagt",
        refused="Haben abgelehnt",
        silent="Noch nicht gehandelt",
        noproof="Noch nicht erreicht",
        addressees="Adressaten",
        how_many="Wie viele",
        everyone="Alle {number} Adressaten",
        steps="Wenn sie schweigen",
        steps_more="Jeder Schritt ist rechtmäßig und friedlich und wird veröffentlicht, bevor er geschieht.",
        record="Die öffentliche Akte",
        share="Weitersagen",
        share_more="Diese Links öffnen Ihre eigene App. Bevor Sie drücken, wird nichts von anderen Seiten geladen.",
        newest="Zuletzt unterschrieben",
        newest_more="Nur Namen, die Menschen zeigen wollten.",
        problem="Es gibt ein Problem",
        name_missing="Geben Sie Ihren Namen an",
        email_missing="Geben Sie Ihre E-Mail-Adresse an",
        email_wrong="Geben Sie eine E-Mail-Adresse wie anna@mail.example an",
        too_long="Das ist zu lang",
        country_unknown="Wählen Sie ein Land aus der Liste",
        old="Das Formular war zu lange offen. Nichts wurde gesendet; drücken Sie noch einmal",
        elsewhere="Dieses Formular kam von einer anderen Seite. Nichts wurde gesendet; drücken Sie hier",
        failed="Ihre Unterschrift konnte gerade nicht aufbewahrt werden. Nichts wurde gesendet; drücken Sie noch "
        "einmal",
        signed="Schauen Sie in Ihre E-Mails",
        signed_more="Wir haben eine Nachricht an die angegebene Adresse gesendet. Ihr Name zählt, sobald Sie den Knopf "
        "hinter dem Link darin gedrückt haben.",
        signed_none="Keine Nachricht? Schauen Sie bei den unerwünschten nach, und ob die Adresse stimmte. Sie können "
        "noch "
        "einmal unterschreiben.",
        confirm="Bestätigen Sie Ihre Unterschrift",
        confirm_more="Noch ist nichts geschehen: Drücken Sie den Knopf, und Ihre Unterschrift zählt.",
        confirm_yes="Ja, meine Unterschrift zählen",
        confirm_why="Warum ein zweiter Schritt? Mailprogramme öffnen Links von selbst, um sie zu prüfen. Knöpfe "
        "drücken nur "
        "Menschen.",
        petition="Petition",
        shown="wird auf der Seite gezeigt",
        hidden="wird nicht gezeigt",
        messages="Nachrichten",
        yes="Ja",
        no="Nein",
        not_me="Das waren nicht Sie?",
        not_me_more="Dann hat jemand Ihre Adresse eingetippt. Entfernen Sie die Unterschrift, und wir vergessen die "
        "Adresse.",
        remove="Entfernen",
        done="Ihre Unterschrift zählt",
        done_more="Danke. Sagen Sie es weiter, damit mehr von uns gehört werden.",
        removed="Die Unterschrift ist entfernt",
        removed_more="Wir haben den Namen und die Adresse dazu vergessen.",
        back="Zur Petition",
    ),
    "es": SignSentences(
        kicker="Petición publicada el {day}",
        languages="Idioma",
        deadline="Plazo",
        left="Tiempo que queda: {span}",
        over="El plazo ha terminado",
        until="Los destinatarios tienen hasta {moment}. Solo un acto detiene este reloj; un acuse de recibo no.",
        demands="Qué se pide",
        facts="En qué se basa",
        sign="Firmar la petición",
        counted="personas han firmado y confirmado",
        name="Su nombre",
        email="Correo electrónico",
        email_hint="Enviamos un mensaje para comprobar que es usted. Nunca se muestra.",
        country="País donde vive",
        postcode="Código postal (opcional)",
        postcode_hint="Para poder decirle cómo actúan quienes le representan. No se muestra nunca.",
        choose="Elija, si quiere",
        contact="¿Podemos escribirle sobre esta campaña?",
        contact_yes="Sí: qué resulta de ella, y cuando mi representante calla",
        contact_no="No",
        public="Mostrar mi nombre en esta página",
        public_hint="Si no, usted cuenta y nadie ve quién es.",
        button="Firmar",
        privacy="Su nombre y su dirección se guardan sellados y no se dan a nadie. Puede verlos o borrarlos cuando "
        "quiera.",
        mine="Ver o borrar sus datos",
        closed="Esta campaña ha terminado; ya no se puede firmar.",
        who="Quién debe actuar y qué ha hecho",
        who_more="Cada destinatario responde por cada petición. El registro de cada uno es público.",
        acted="Han actuado",
        committed="Comprometidos a una fecha",
        refused="Se han negado",
        silent="Aún sin actuar",
        noproof="Aún no les ha llegado",
        addressees="Destinatarios",
        how_many="Cuántos",
        everyone="Los {number} destinatarios",
        steps="Si callan",
        steps_more="Cada paso es legal y pacífico, y se publica antes de darse.",
        record="El registro público",
        share="Compartir",
        share_more="Estos enlaces abren su propia aplicación. Nada se carga de otros sitios antes de que pulse.",
        newest="Han firmado hace poco",
        newest_more="Solo los nombres que las personas quisieron mostrar.",
        problem="Hay un problema",
        name_missing="Escriba su nombre",
        email_missing="Escriba su correo electrónico",
        email_wrong="Escriba un correo electrónico como anna@mail.example",
        too_long="Es demasiado largo",
        country_unknown="Elija un país de la lista",
        old="El formulario estuvo abierto demasiado tiempo. No se envió nada; pulse el botón otra vez",
        elsewhere="Este formulario venía de otro sitio. No se envió nada; pulse el botón aquí",
        failed="Su firma no se pudo guardar ahora. No se envió nada; pulse el botón otra vez",
        signed="Mire su correo",
        signed_more="Hemos enviado un mensaje a la dirección que dio. Su nombre cuenta en cuanto pulse el botón tras "
        "el "
        "enlace que contiene.",
        signed_none="¿No hay mensaje? Mire en el correo no deseado y si la dirección era correcta. Puede firmar otra "
        "vez.",
        confirm="Confirme su firma",
        confirm_more="Todavía no ha pasado nada: pulse el botón y su firma cuenta.",
        confirm_yes="Sí, contar mi firma",
        confirm_why="¿Por qué un segundo paso? Los programas de correo abren los enlaces por sí mismos para "
        "comprobarlos. "
        "Solo una persona pulsa botones.",
        petition="Petición",
        shown="se muestra en la página",
        hidden="no se muestra",
        messages="Mensajes",
        yes="Sí",
        no="No",
        not_me="¿No fue usted?",
        not_me_more="Entonces alguien escribió su dirección. Retire la firma y olvidaremos esta dirección.",
        remove="Retirarla",
        done="Su firma cuenta",
        done_more="Gracias. Cuénteselo a otros, para que se nos oiga más.",
        removed="La firma se ha retirado",
        removed_more="Hemos olvidado el nombre y la dirección que venían con ella.",
        back="A la petición",
    ),
    "ar": SignSentences(
        kicker="عريضة نُشرت في {day}",
        languages="اللغة",
        deadline="المهلة",
        left="الوقت المتبقي: {span}",
        over="انتهت المهلة",
        until="أمام المخاطَبين حتى {moment}. لا يوقف هذه الساعة إلا الفعل، لا إشعار الاستلام.",
        demands="ما نطالب به",
        facts="على ماذا يستند",
        sign="وقّع العريضة",
        counted="شخصًا وقّعوا وأكدوا",
        name="اسمك",
        email="البريد الإلكتروني",
        email_hint="نرسل رسالة واحدة للتأكد من أنك أنت. لا يُعرض العنوان أبدًا.",
        country="البلد الذي تعيش فيه",
        postcode="الرمز البريدي (اختياري)",
        postcode_hint="لنتمكن من إخبارك بما يفعله من يمثلونك. لا يُعرض أبدًا.",
        choose="اختر إن شئت",
        contact="هل يمكننا أن نكتب إليك عن هذه الحملة؟",
        contact_yes="نعم: بما تؤول إليه، وعندما يصمت ممثلي",
        contact_no="لا",
        public="اعرضوا اسمي في هذه الصفحة",
        public_hint="وإلا فأنت محسوب ولا يرى أحد من أنت.",
        button="وقّع",
        privacy="يُحفظ اسمك وعنوانك مختومين ولا يُعطيان لأحد. يمكنك رؤيتهما أو محوهما متى شئت.",
        mine="اطّلع على بياناتك أو امحُها",
        closed="انتهت هذه الحملة ولم يعد توقيعها ممكنًا.",
        who="من عليه أن يتحرك، وماذا فعل",
        who_more="كل مخاطَب مسؤول عن كل مطلب، وسجل كل منهم علني.",
        acted="تحركوا",
        committed="التزموا بموعد",
        refused="رفضوا",
        silent="لم يتحركوا بعد",
        noproof="لم تصلهم بعد",
        addressees="المخاطَبون",
        how_many="العدد",
        everyone="جميع المخاطَبين: {number}",
        steps="إذا صمتوا",
        steps_more="كل خطوة قانونية وسلمية، وتُنشر قبل أن تحدث.",
        record="السجل العلني",
        share="شارك",
        share_more="تفتح هذه الروابط تطبيقك أنت. لا يُحمَّل شيء من مواقع أخرى قبل أن تضغط.",
        newest="وقّعوا مؤخرًا",
        newest_more="فقط الأسماء التي اختار أصحابها عرضها.",
        problem="هناك مشكلة",
        name_missing="اكتب اسمك",
        email_missing="اكتب بريدك الإلكتروني",
        email_wrong="اكتب بريدًا إلكترونيًا مثل anna@mail.example",
        too_long="هذا طويل جدًا",
        country_unknown="اختر بلدًا من القائمة",
        old="ظل النموذج مفتوحًا مدة طويلة. لم يُرسل شيء؛ اضغط الزر مرة أخرى",
        elsewhere="جاء هذا النموذج من موقع آخر. لم يُرسل شيء؛ اضغط الزر هنا",
        failed="تعذر حفظ توقيعك الآن. لم يُرسل شيء؛ اضغط الزر مرة أخرى",
        signed="انظر في بريدك",
        signed_more="أرسلنا رسالة إلى العنوان الذي كتبته. يُحسب اسمك حين تضغط الزر خلف الرابط الذي فيها.",
        signed_none="لا رسالة؟ انظر بين الرسائل غير المرغوبة وتأكد من العنوان. يمكنك التوقيع مرة أخرى.",
        confirm="أكّد توقيعك",
        confirm_more="لم يحدث شيء بعد: اضغط الزر فيُحسب توقيعك.",
        confirm_yes="نعم، احسبوا توقيعي",
        confirm_why="لماذا خطوة ثانية؟ برامج البريد تفتح الروابط من تلقاء نفسها لفحصها. ولا يضغط الأزرار إلا إنسان.",
        petition="العريضة",
        shown="يُعرض في الصفحة",
        hidden="لا يُعرض",
        messages="الرسائل",
        yes="نعم",
        no="لا",
        not_me="لم تكن أنت؟",
        not_me_more="إذن كتب شخص ما عنوانك. أزل التوقيع وسننسى هذا العنوان.",
        remove="أزله",
        done="توقيعك محسوب",
        done_more="شكرًا. أخبر الآخرين ليُسمع صوتنا أكثر.",
        removed="أُزيل التوقيع",
        removed_more="لقد نسينا الاسم والعنوان اللذين جاءا معه.",
        back="إلى العريضة",
    ),
}
