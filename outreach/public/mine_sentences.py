"""What the pages for «my data» say, in every language they know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MineSentences:
    """`ask…`, `sent…`: before the link. `shown…`: behind it. `back…`: taking the signature back. `place…`: where
    they are represented, `{place}` by its name."""

    ask: str
    ask_more: str
    send: str
    sent_more: str
    expired: str
    expired_more: str
    shown: str
    shown_more: str
    saved: str
    postcode: str
    place: str
    place_more: str
    place_choose: str
    place_by_postcode: str
    place_now: str
    place_wrong: str
    signature: str
    comment: str
    counted: str
    not_counted: str
    taken_back: str
    download: str
    change: str
    public: str
    save: str
    back: str
    back_more: str
    back_yes: str
    erase: str
    erase_more: str
    sure: str
    sure_missing: str
    erase_yes: str
    erased: str
    erased_more: str


MINE = {
    "en": MineSentences(
        ask="See, change or erase your data",
        ask_more="Give the address you signed with. We send a link to it, so that nobody else can open your data.",
        send="Send me the link",
        sent_more="If this campaign knows the address, a message with a link is on its way. This page says the same to "
        "everybody, so that nobody can find out who has signed.",
        expired="This link has expired",
        expired_more="It worked for two days. Ask for a new one.",
        shown="What we know of you",
        shown_more="Only who reads the mail of your address gets here. The link works for two days.",
        saved="Your change has been kept.",
        postcode="Postcode",
        place="Where you are represented",
        place_more="So that you hear of your own representatives only.",
        place_choose="Where you live",
        place_by_postcode="As my postcode says",
        place_now="Now: {place}",
        place_wrong="Choose a place from the list, and give a postcode of at most 16 characters.",
        signature="Signature",
        comment="Comment",
        counted="counted",
        not_counted="not counted",
        taken_back="taken back",
        download="Download all of it (JSON)",
        change="Change",
        public="Show my name on the campaign’s page",
        save="Keep the change",
        back="Take your signature back",
        back_more="It does not count any more, and your name leaves the page. What we know of you stays.",
        back_yes="Take it back",
        erase="Erase me",
        erase_more="Your name, address and comment, and all that we wrote to you, are wiped. A confirmed "
        "signature goes "
        "on counting, without a name; to end that too, take it back first. We will not write again.",
        sure="I know that this cannot be undone",
        sure_missing="Tick the box, for this cannot be undone",
        erase_yes="Erase my data",
        erased="We do not know you any more",
        erased_more="Your data is erased. A message that is on its way already may still arrive.",
    ),
    "hy": MineSentences(
        ask="Տեսնել, փոխել կամ ջնջել ձեր տվյալները",
        ask_more="Գրեք այն հասցեն, որով ստորագրել եք։ Հղումը կուղարկենք այդ հասցեով, որպեսզի ուրիշ ոչ ոք չբացի ձեր "
        "տվյալները։",
        send="Ուղարկեք ինձ հղումը",
        sent_more="Եթե այս արշավը գիտի հասցեն, հղումով նամակն արդեն ճանապարհին է։ Այս էջը բոլորին նույնն է ասում, "
        "որպեսզի ոչ ոք չիմանա, թե ով է ստորագրել։",
        expired="Այս հղման ժամկետն անցել է",
        expired_more="Այն գործում էր երկու օր։ Խնդրեք նորը։",
        shown="Ինչ գիտենք ձեր մասին",
        shown_more="Այստեղ հասնում է միայն նա, ով կարդում է ձեր հասցեի նամակները։ Հղումը գործում է երկու օր։",
        saved="Ձեր փոփոխությունը պահված է։",
        postcode="Փոստային ինդեքս",
        place="Որտեղ եք ներկայացված",
        place_more="Որպեսզի լսեք միայն ձեր ներկայացուցիչների մասին։",
        place_choose="Որտեղ եք ապրում",
        place_by_postcode="Ինչպես ասում է ինդեքսս",
        place_now="Այժմ՝ {place}",
        place_wrong="Ընտրեք վայր ցանկից և նշեք առավելագույնը 16 նիշանոց դասիչ։",
        signature="Ստորագրություն",
        comment="Մեկնաբանություն",
        counted="հաշված է",
        not_counted="հաշված չէ",
        taken_back="հետ է վերցված",
        download="Ներբեռնել ամբողջը (JSON)",
        change="Փոխել",
        public="Ցույց տալ իմ անունը արշավի էջում",
        save="Պահել փոփոխությունը",
        back="Հետ վերցնել ստորագրությունը",
        back_more="Այն այլևս չի հաշվվի, և ձեր անունը կհանվի էջից։ Մեր ունեցած տվյալները մնում են։",
        back_yes="Հետ վերցնել",
        erase="Ջնջել ինձ",
        erase_more="Ձեր անունը, հասցեն, մեկնաբանությունը և այն ամենը, ինչ գրել ենք ձեզ, կջնջվեն։ Հաստատված "
        "ստորագրությունը կշարունակի հաշվվել առանց անվան. եթե դա էլ չեք ուզում, նախ հետ վերցրեք այն։ Այլևս չենք գրի։",
        sure="Գիտեմ, որ սա հնարավոր չէ հետարկել",
        sure_missing="Նշեք վանդակը, քանի որ սա հնարավոր չէ հետարկել",
        erase_yes="Ջնջել իմ տվյալները",
        erased="Մենք այլևս ձեզ չենք ճանաչում",
        erased_more="Ձեր տվյալները ջնջված են։ Արդեն ճանապարհին գտնվող նամակը դեռ կարող է հասնել։",
    ),
    "ru": MineSentences(
        ask="Увидеть, изменить или стереть свои данные",
        ask_more="Укажите адрес, с которого вы подписали. Ссылку мы отправим на него, чтобы никто другой не открыл "
        "ваши данные.",
        send="Прислать мне ссылку",
        sent_more="Если кампания знает этот адрес, письмо со ссылкой уже в пути. Эта страница говорит всем одно и то "
        "же, чтобы никто не мог узнать, кто подписал.",
        expired="Срок действия ссылки истёк",
        expired_more="Она работала два дня. Попросите новую.",
        shown="Что мы знаем о вас",
        shown_more="Сюда попадает только тот, кто читает почту вашего адреса. Ссылка работает два дня.",
        saved="Ваше изменение сохранено.",
        postcode="Почтовый индекс",
        place="Где вас представляют",
        place_more="Чтобы мы писали вам только о ваших представителях.",
        place_choose="Где вы живёте",
        place_by_postcode="По почтовому индексу",
        place_now="Сейчас: {place}",
        place_wrong="Выберите место из списка и укажите индекс не длиннее 16 знаков.",
        signature="Подпись",
        comment="Комментарий",
        counted="учтена",
        not_counted="не учтена",
        taken_back="отозвана",
        download="Скачать всё (JSON)",
        change="Изменить",
        public="Показывать моё имя на странице кампании",
        save="Сохранить изменение",
        back="Отозвать подпись",
        back_more="Она больше не учитывается, и ваше имя исчезает со страницы. То, что мы знаем о вас, остаётся.",
        back_yes="Отозвать",
        erase="Стереть меня",
        erase_more="Ваши имя, адрес, комментарий и всё, что мы вам писали, будут стёрты. Подтверждённая подпись "
        "останется учтённой без имени; если не хотите и этого, сначала отзовите её. Больше мы не напишем.",
        sure="Я понимаю, что это нельзя отменить",
        sure_missing="Поставьте отметку: это нельзя отменить",
        erase_yes="Стереть мои данные",
        erased="Мы вас больше не знаем",
        erased_more="Ваши данные стёрты. Письмо, которое уже в пути, ещё может прийти.",
    ),
    "fr": MineSentences(
        ask="Voir, modifier ou effacer vos données",
        ask_more="Donnez l’adresse avec laquelle vous avez signé. Nous y envoyons un lien, pour que personne d’autre "
        "n’ouvre vos données.",
        send="M’envoyer le lien",
        sent_more="Si cette campagne connaît l’adresse, un message avec un lien est en route. Cette page dit la même "
        "chose à tout le monde, pour que personne ne puisse savoir qui a signé.",
        expired="Ce lien a expiré",
        expired_more="Il était valable deux jours. Demandez-en un nouveau.",
        shown="Ce que nous savons de vous",
        shown_more="Seule une personne qui lit le courrier de votre adresse arrive ici. Le lien est "
        "valable deux jours.",
        saved="Votre modification est enregistrée.",
        postcode="Code postal",
        place="Où vous êtes représenté(e)",
        place_more="Pour ne vous parler que des personnes qui vous représentent.",
        place_choose="Où vous vivez",
        place_by_postcode="Selon mon code postal",
        place_now="Actuellement : {place}",
        place_wrong="Choisissez un lieu de la liste et un code postal de 16 caractères au plus.",
        signature="Signature",
        comment="Commentaire",
        counted="comptée",
        not_counted="non comptée",
        taken_back="retirée",
        download="Tout télécharger (JSON)",
        change="Modifier",
        public="Afficher mon nom sur la page de la campagne",
        save="Enregistrer la modification",
        back="Retirer votre signature",
        back_more="Elle ne compte plus et votre nom quitte la page. Ce que nous savons de vous reste.",
        back_yes="La retirer",
        erase="M’effacer",
        erase_more="Votre nom, votre adresse, votre commentaire et tout ce que nous vous avons écrit sont effacés. Une "
        "signature confirmée continue de compter, sans nom ; pour l’éviter, retirez-la d’abord. Nous n’écrirons plus.",
        sure="Je sais que c’est définitif",
        sure_missing="Cochez la case : c’est définitif",
        erase_yes="Effacer mes données",
        erased="Nous ne vous connaissons plus",
        erased_more="Vos données sont effacées. Un message déjà en route peut encore arriver.",
    ),
    "de": MineSentences(
        ask="Ihre Daten sehen, ändern oder löschen",
        ask_more="Geben Sie die Adresse an, mit der Sie unterschrieben haben. Wir senden einen Link dorthin, damit "
        "niemand sonst Ihre Daten öffnet.",
        send="Link zusenden",
        sent_more="Wenn diese Kampagne die Adresse kennt, ist eine Nachricht mit einem Link unterwegs. "
        "Diese Seite sagt "
        "allen dasselbe, damit niemand erfährt, wer unterschrieben hat.",
        expired="Dieser Link ist abgelaufen",
        expired_more="Er galt zwei Tage. Fordern Sie einen neuen an.",
        shown="Was wir von Ihnen wissen",
        shown_more="Hierher kommt nur, wer die Post Ihrer Adresse liest. Der Link gilt zwei Tage.",
        saved="Ihre Änderung ist gespeichert.",
        postcode="Postleitzahl",
        place="Wo Sie vertreten werden",
        place_more="Damit Sie nur von Ihrer eigenen Vertretung hören.",
        place_choose="Wo Sie wohnen",
        place_by_postcode="Wie es meine Postleitzahl sagt",
        place_now="Zurzeit: {place}",
        place_wrong="Wählen Sie einen Ort aus der Liste und eine Postleitzahl von höchstens 16 Zeichen.",
        signature="Unterschrift",
        comment="Kommentar",
        counted="gezählt",
        not_counted="nicht gezählt",
        taken_back="zurückgenommen",
        download="Alles herunterladen (JSON)",
        change="Ändern",
        public="Meinen Namen auf der Seite der Kampagne zeigen",
        save="Änderung speichern",
        back="Unterschrift zurücknehmen",
        back_more="Sie zählt nicht mehr, und Ihr Name verschwindet von der Seite. Was wir von Ihnen wissen, bleibt.",
        back_yes="Zurücknehmen",
        erase="Mich löschen",
        erase_more="Ihr Name, Ihre Adresse, Ihr Kommentar und alles, was wir Ihnen geschrieben haben, werden gelöscht. "
        "Eine bestätigte Unterschrift zählt ohne Namen weiter; wollen Sie auch das nicht, nehmen Sie sie vorher "
        "zurück. Wir schreiben nicht wieder.",
        sure="Ich weiß, dass das endgültig ist",
        sure_missing="Setzen Sie das Häkchen, denn das ist endgültig",
        erase_yes="Meine Daten löschen",
        erased="Wir kennen Sie nicht mehr",
        erased_more="Ihre Daten sind gelöscht. Eine Nachricht, die schon unterwegs ist, kann noch ankommen.",
    ),
    "es": MineSentences(
        ask="Ver, cambiar o borrar sus datos",
        ask_more="Dé la dirección con la que firmó. Le enviamos un enlace, para que nadie más abra sus datos.",
        send="Enviarme el enlace",
        sent_more="Si esta campaña conoce la dirección, un mensaje con un enlace está en camino. Esta página dice lo "
        "mismo a todos, para que nadie pueda saber quién ha firmado.",
        expired="Este enlace ha caducado",
        expired_more="Servía durante dos días. Pida uno nuevo.",
        shown="Lo que sabemos de usted",
        shown_more="Solo llega aquí quien lee el correo de su dirección. El enlace sirve durante dos días.",
        saved="Su cambio se ha guardado.",
        postcode="Código postal",
        place="Dónde le representan",
        place_more="Para hablarle solo de quienes le representan.",
        place_choose="Dónde vive",
        place_by_postcode="Según mi código postal",
        place_now="Ahora: {place}",
        place_wrong="Elija un lugar de la lista y un código postal de 16 caracteres como máximo.",
        signature="Firma",
        comment="Comentario",
        counted="contada",
        not_counted="no contada",
        taken_back="retirada",
        download="Descargarlo todo (JSON)",
        change="Cambiar",
        public="Mostrar mi nombre en la página de la campaña",
        save="Guardar el cambio",
        back="Retirar su firma",
        back_more="Ya no cuenta y su nombre desaparece de la página. Lo que sabemos de usted queda.",
        back_yes="Retirarla",
        erase="Borrarme",
        erase_more="Se borran su nombre, su dirección, su comentario y todo lo que le hemos escrito. Una firma "
        "confirmada sigue contando, sin nombre; si tampoco quiere eso, retírela antes. No volveremos a escribirle.",
        sure="Sé que esto no se puede deshacer",
        sure_missing="Marque la casilla: esto no se puede deshacer",
        erase_yes="Borrar mis datos",
        erased="Ya no sabemos quién es usted",
        erased_more="Sus datos están borrados. Un mensaje que ya está en camino aún puede llegar.",
    ),
    "ar": MineSentences(
        ask="اطّلع على بياناتك أو غيّرها أو امحُها",
        ask_more="اكتب العنوان الذي وقّعت به. نرسل إليه رابطًا كي لا يفتح بياناتك أحد غيرك.",
        send="أرسلوا إليّ الرابط",
        sent_more="إذا كانت الحملة تعرف هذا العنوان فهناك رسالة فيها رابط في الطريق إليه. تقول هذه الصفحة الشيء نفسه "
        "للجميع كي لا يعرف أحد من وقّع.",
        expired="انتهت صلاحية هذا الرابط",
        expired_more="كان صالحًا ليومين. اطلب رابطًا جديدًا.",
        shown="ما نعرفه عنك",
        shown_more="لا يصل إلى هنا إلا من يقرأ بريد عنوانك. الرابط صالح ليومين.",
        saved="حُفظ التغيير.",
        postcode="الرمز البريدي",
        place="أين تُمثَّل",
        place_more="حتى لا نحدثك إلا عن ممثليك أنت.",
        place_choose="أين تسكن",
        place_by_postcode="كما يقول رمزي البريدي",
        place_now="الآن: {place}",
        place_wrong="اختر مكانًا من القائمة ورمزًا بريديًا لا يزيد على 16 حرفًا.",
        signature="التوقيع",
        comment="التعليق",
        counted="محسوب",
        not_counted="غير محسوب",
        taken_back="مسحوب",
        download="تنزيل كل شيء (JSON)",
        change="تغيير",
        public="أظهروا اسمي في صفحة الحملة",
        save="حفظ التغيير",
        back="سحب توقيعك",
        back_more="لا يعود محسوبًا ويختفي اسمك من الصفحة. ويبقى ما نعرفه عنك.",
        back_yes="اسحبه",
        erase="امحوني",
        erase_more="يُمحى اسمك وعنوانك وتعليقك وكل ما كتبناه إليك. يبقى التوقيع المؤكد محسوبًا بلا اسم؛ فإن لم ترد ذلك "
        "أيضًا فاسحبه أولًا. ولن نكتب إليك مرة أخرى.",
        sure="أعلم أنه لا رجوع عن ذلك",
        sure_missing="ضع علامة في المربع، فلا رجوع عن ذلك",
        erase_yes="امحوا بياناتي",
        erased="لم نعد نعرف من أنت",
        erased_more="مُحيت بياناتك. قد تصلك رسالة هي في طريقها إليك بالفعل.",
    ),
}
