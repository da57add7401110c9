"""What is said about sharing, and about how far the signatures are, in every language our pages know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShareSentences:
    """`as_of`: on the picture. `opening…`: on the page that leads to an app. `goal…`: of so many signatures to be."""

    as_of: str
    server: str
    server_hint: str
    server_wrong: str
    opening: str
    opening_more: str
    go: str
    copy: str
    scan: str
    paper: str
    goal: str
    goal_more: str
    goal_reached: str
    stop: str


SHARE = {
    "en": ShareSentences(
        as_of="As of {day}",
        server="Your Mastodon server",
        server_hint="Its name, such as mastodon.example",
        server_wrong="Give the name of your server, such as mastodon.example",
        opening="Share on {where}",
        opening_more="We count that this was opened: not by whom, and not whether anything was posted.",
        go="Open {where}",
        copy="Or copy this address:",
        scan="QR code for posters and leaflets",
        paper="Sheet for signatures on paper (PDF)",
        goal="{number} of {goal} signatures",
        goal_more="With {goal} signatures the campaign can take a further step: {step}",
        goal_reached="{goal} signatures were needed for this step: {step}",
        stop="Stop updating",
    ),
    "hy": ShareSentences(
        as_of="Առ {day}",
        server="Ձեր Mastodon սերվերը",
        server_hint="Դրա անունը, օրինակ՝ mastodon.example",
        server_wrong="Նշեք ձեր սերվերի անունը, օրինակ՝ mastodon.example",
        opening="Կիսվել {where}-ով",
        opening_more="Հաշվում ենք, որ սա բացվել է, բայց ոչ թե ում կողմից և հրապարակվե՞լ է արդյոք որևէ բան։",
        go="Բացել {where}",
        copy="Կամ պատճենեք այս հասցեն՝",
        scan="QR կոդ պաստառների և թռուցիկների համար",
        paper="Թերթիկ՝ թղթի վրա ստորագրելու համար (PDF)",
        goal="{goal} ստորագրությունից՝ {number}",
        goal_more="{goal} ստորագրության դեպքում արշավը կարող է անել հաջորդ քայլը՝ {step}",
        goal_reached="Այս քայլի համար պահանջվում էր {goal} ստորագրություն՝ {step}",
        stop="Չթարմացնել",
    ),
    "ru": ShareSentences(
        as_of="По состоянию на {day}",
        server="Ваш сервер Mastodon",
        server_hint="Его имя, например mastodon.example",
        server_wrong="Укажите имя вашего сервера, например mastodon.example",
        opening="Поделиться: {where}",
        opening_more="Мы считаем, сколько раз это открыли, но не кто открыл и было ли что-то опубликовано.",
        go="Открыть {where}",
        copy="Или скопируйте этот адрес:",
        scan="QR-код для плакатов и листовок",
        paper="Лист для подписей на бумаге (PDF)",
        goal="Подписей: {number} из {goal}",
        goal_more="Когда подписей будет {goal}, кампания сможет сделать следующий шаг: {step}",
        goal_reached="Для этого шага нужно было подписей: {goal}. {step}",
        stop="Не обновлять",
    ),
    "fr": ShareSentences(
        as_of="Au {day}",
        server="Votre serveur Mastodon",
        server_hint="Son nom, par exemple mastodon.example",
        server_wrong="Indiquez le nom de votre serveur, par exemple mastodon.example",
        opening="Partager sur {where}",
        opening_more="Nous comptons que ce lien a été ouvert : ni par qui, ni si quelque chose a été publié.",
        go="Ouvrir {where}",
        copy="Ou copiez cette adresse :",
        scan="Code QR pour affiches et tracts",
        paper="Feuille pour signer sur papier (PDF)",
        goal="{number} signatures sur {goal}",
        goal_more="Avec {goal} signatures, la campagne peut franchir une étape de plus : {step}",
        goal_reached="Il fallait {goal} signatures pour cette étape : {step}",
        stop="Ne plus actualiser",
    ),
    "de": ShareSentences(
        as_of="Stand {day}",
        server="Ihr Mastodon-Server",
        server_hint="Sein Name, etwa mastodon.example",
        server_wrong="Geben Sie den Namen Ihres Servers an, etwa mastodon.example",
        opening="Teilen über {where}",
        opening_more="Wir zählen, dass dies geöffnet wurde: nicht von wem, und nicht, ob etwas veröffentlicht wurde.",
        go="{where} öffnen",
        copy="Oder kopieren Sie diese Adresse:",
        scan="QR-Code für Plakate und Flugblätter",
        paper="Bogen für Unterschriften auf Papier (PDF)",
        goal="{number} von {goal} Unterschriften",
        goal_more="Mit {goal} Unterschriften kann die Kampagne einen weiteren Schritt gehen: {step}",
        goal_reached="Für diesen Schritt brauchte es {goal} Unterschriften: {step}",
        stop="Nicht mehr aktualisieren",
    ),
    "es": ShareSentences(
        as_of="A {day}",
        server="Su servidor de Mastodon",
        server_hint="Su nombre, por ejemplo mastodon.example",
        server_wrong="Indique el nombre de su servidor, por ejemplo mastodon.example",
        opening="Compartir en {where}",
        opening_more="Contamos que se abrió: no quién lo hizo ni si se publicó algo.",
        go="Abrir {where}",
        copy="O copie esta dirección:",
        scan="Código QR para carteles y folletos",
        paper="Hoja para firmar en papel (PDF)",
        goal="{number} de {goal} firmas",
        goal_more="Con {goal} firmas la campaña puede dar un paso más: {step}",
        goal_reached="Para este paso hacían falta {goal} firmas: {step}",
        stop="Dejar de actualizar",
    ),
    "ar": ShareSentences(
        as_of="حتى {day}",
        server="خادم ماستودون الخاص بك",
        server_hint="اسمه، مثل mastodon.example",
        server_wrong="اكتب اسم خادمك، مثل mastodon.example",
        opening="المشاركة عبر {where}",
        opening_more="نعدّ أن هذا قد فُتح، لا من فتحه ولا هل نُشر شيء.",
        go="فتح {where}",
        copy="أو انسخ هذا العنوان:",
        scan="رمز QR للملصقات والمنشورات",
        paper="ورقة لجمع التوقيعات (PDF)",
        goal="{number} من {goal} توقيع",
        goal_more="عند بلوغ {goal} توقيع يمكن للحملة أن تخطو خطوة أخرى: {step}",
        goal_reached="احتاجت هذه الخطوة إلى {goal} توقيع: {step}",
        stop="إيقاف التحديث",
    ),
}
