import pytest

from channels.channel import CHANNELS

FAMILY = "👨‍👩‍👧‍👦"


def test_all_channels_are_found_the_direct_ones_first():
    assert list(CHANNELS) == ["email", "form", "letter", "phone", "bluesky", "mastodon", "x"]
    assert [channel.name for channel in CHANNELS.values() if channel.is_public] == ["bluesky", "mastodon", "x"]
    assert [channel.name for channel in CHANNELS.values() if channel.has_subject] == ["email", "letter"]
    assert [channel.name for channel in CHANNELS.values() if channel.deed] == ["form", "letter", "phone"]


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("email", "mission-cn@un.example"),
        ("email", "first.last+tag@mail.gov.example"),
        ("email", "o'neill@un.example"),
        ("email", "info@օրինակ.հայ"),
        ("email", "նախագահ@un.example"),
        ("email", "info@xn--e1afmkfd.xn--p1ai"),
        ("x", "@example_cn_un"),
        ("x", "@A"),
        ("bluesky", "swiss.un.example"),
        ("bluesky", "xn--e1afmkfd.bsky.social"),
        ("mastodon", "@swiss@social.example"),
        ("mastodon", "@a.b-c_1@օրինակ.հայ"),
        ("letter", "350 East 35th Street\nNew York, NY 10016"),
        ("letter", "Ապարանջանի փողոց 1\n0009 Երևան\nՀայաստան"),
        ("phone", "+374 10 123456"),
        ("phone", "+1 (212) 555-0100 ext. 12"),
        ("phone", "+4930123456"),
        ("form", "https://un.example/contact?to=cn#write"),
        ("form", "https://օրինակ.հայ:8443/գրել"),
    ],
)
def test_a_good_address_is_nothing_to_talk_about(channel, address):
    assert CHANNELS[channel].address_problem(address) is None


@pytest.mark.parametrize(
    ("channel", "address", "sentence"),
    [
        ("email", "", "The address is empty"),
        ("email", "mission-ec@", "mission-ec@ has nothing after the @"),
        ("email", "@un.example", "@un.example has nothing before the @"),
        ("email", "mission-ec", "mission-ec has no @"),
        ("email", "a@b@un.example", "a@b@un.example has more than one @"),
        ("email", "mission ec@un.example", "mission ec@un.example has a space in it"),
        ("email", "a@un.example\r\nBcc: b@un.example", "a@un.example has a line break in it"),
        ("email", "a\u200b@un.example", "a\u200b@un.example has an invisible character in it (U+200B)"),
        ("email", "a\u202e@un.example", "a\u202e@un.example has an invisible character in it (U+202E)"),
        (
            "email",
            "a..b@un.example",
            "a..b@un.example has something before the @ that an address may not have: a lone dot",
        ),
        ("email", "<a@un.example", "<a@un.example has something before the @ that an address may not have: <"),
        ("email", "a@localhost", "a@localhost has a wrong domain: localhost is not a domain name: it has no dot"),
        (
            "email",
            "a@un..example",
            "a@un..example has a wrong domain: un..example is not a domain name: a dot is missing its neighbour",
        ),
        ("email", "a@127.0.0.1", "a@127.0.0.1 has a wrong domain: 127.0.0.1 is not a domain name: it ends in a number"),
        ("email", f"{'a' * 65}@un.example", f"{'a' * 65}@un.example has more than 64 bytes before the @"),
        ("x", "@example us un", "@example us un has a space in it"),
        (
            "x",
            "example_us_un",
            "example_us_un is not an X handle: that is an @ and 1 to 15 letters (A to Z), digits or underscores",
        ),
        (
            "x",
            "@sixteen_letters_",
            "@sixteen_letters_ is not an X handle: that is an @ and 1 to 15 letters (A to Z), digits or underscores",
        ),
        ("bluesky", "@a.example", "@a.example begins with an @: a Bluesky handle is a domain name alone, a.example"),
        ("bluesky", "swiss", "swiss is not a Bluesky handle: swiss is not a domain name: it has no dot"),
        ("bluesky", "a.1x", "a.1x is not a Bluesky handle: its last part begins with a digit"),
        (
            "letter",
            "350 East 35th Street",
            "350 East 35th Street is not a postal address: that has 2 to 6 lines, street or box and town at least",
        ),
        ("letter", "a\n\nb", "a, , b has an empty line in it, or spaces around one"),
        ("letter", "a\r\nb", "a has a line break in it"),
        ("letter", "a\tb\nc", "a\tb\nc has a stray space in it"),
        ("letter", "a" * 61 + "\nb", f"{'a' * 61} is longer than 60 characters: it does not fit on an envelope"),
        (
            "phone",
            "010 123456",
            "010 123456 is not a telephone number that can be called from everywhere: that is a + and the code of "
            "the country, then the number, 7 to 15 digits in all, such as +374 10 123456",
        ),
        ("phone", "+374\n10123456", "+374 has a line break in it"),
        (
            "form",
            "http://un.example/contact",
            "http://un.example/contact is not the address of a web form: that is a link that begins with https://",
        ),
        (
            "form",
            "https://u:p@un.example/",
            "https://u:p@un.example/ has a name or a password in it: give the address that everybody may see",
        ),
        (
            "form",
            "https://localhost/",
            "https://localhost/ leads nowhere: localhost is not a domain name: it has no dot",
        ),
        ("mastodon", "@swiss", "@swiss is not a Mastodon handle: that is @user@host"),
        ("mastodon", "swiss@social.example", "swiss@social.example is not a Mastodon handle: that is @user@host"),
        (
            "mastodon",
            "@sw/iss@social.example",
            "@sw/iss@social.example is not a Mastodon handle: sw/iss may have only A to Z, digits, _ . -",
        ),
    ],
)
def test_a_wrong_address_gets_a_sentence(channel, address, sentence):
    assert CHANNELS[channel].address_problem(address) == sentence


@pytest.mark.parametrize("name", list(CHANNELS))
@pytest.mark.parametrize(
    "address", ["\ud800", "@" * 300, ".", "@.", "@@", "a@.", "\x00", "@a@", "@a@b@c", "\n", "𐀀", "a@" + "ä" * 300]
)
def test_no_address_however_odd_breaks_the_rule_itself(name, address):
    assert CHANNELS[name].address_problem(address)


@pytest.mark.parametrize(
    ("channel", "text", "sentence"),
    [
        ("email", "a" * 100_000, None),
        ("x", "a" * 280, None),
        ("x", "a" * 281, "This counts 281 characters the way X counts; X allows 280"),
        ("x", "漢" * 141, "This counts 282 characters the way X counts; X allows 280"),
        ("bluesky", "漢" * 300, None),
        ("bluesky", FAMILY * 120, None),
        ("bluesky", "a" * 301, "This counts 301 characters; Bluesky allows 300"),
        ("bluesky", FAMILY * 121, "This counts 3,025 bytes; Bluesky allows 3,000"),
        ("mastodon", "a" * 500, None),
        ("mastodon", FAMILY * 500, None),
        ("mastodon", "a" * 501, "This counts 501 characters; Mastodon allows 500"),
        ("mastodon", "https://artsakh.org/" + "x" * 600 + " " + "a" * 476, None),
        (
            "mastodon",
            "https://artsakh.org/" + "x" * 600 + " " + "a" * 477,
            "This counts 501 characters; Mastodon allows 500",
        ),
        ("mastodon", "@swiss@a-very-long-host.social.example " + "a" * 493, None),
    ],
)
def test_a_text_is_measured_the_way_the_channel_measures(channel, text, sentence):
    assert CHANNELS[channel].too_long(text) == sentence


def test_length_and_longest_speak_the_same_unit():
    assert CHANNELS["x"].length("https://artsakh.org/a-long-path-to-a-page") == 23
    assert (CHANNELS["x"].longest, CHANNELS["bluesky"].longest, CHANNELS["mastodon"].longest) == (280, 300, 500)
    assert CHANNELS["email"].longest is None
    assert CHANNELS["email"].length("Dear Sir") == 8
