"""What answers in the place of a source, in five languages: short documents of our own."""

SCRIPT = "<script src='/main.4f2a.js'></script>"
MENU = "".join(f"<a href='/{n}'>Bereich {n}</a> " for n in range(15))
NEWS = " ".join(f"Der Gemeinderat von Musterdorf beschloss am {n}. Mai." for n in range(1, 31))


def page(title: str, body: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


BLOCKED = {
    "cloudflare challenge": page(
        "Just a moment...",
        "<noscript>Enable JavaScript and cookies to continue</noscript>"
        "<script>window._cf_chl_opt={cvId:'3'};</script>",
    ),
    "cloudflare 1020": page(
        "Access denied | www.musterdorf.example used Cloudflare to restrict access",
        "<div id='cf-error-details'><h1>Error 1020</h1><h2>Access denied</h2>"
        "<p>What happened? This website is using a security service.</p></div>",
    ),
    "cloudflare attention": page(
        "Attention Required! | Cloudflare",
        "<h1>Sorry, you have been blocked</h1><h2>You are unable to access musterdorf.example</h2>",
    ),
    "incapsula": "<html><head><META NAME='robots' CONTENT='noindex'></head><iframe id='main-iframe'"
    " src='/_Incapsula_Resource?CWUDNSAI=9'>Request unsuccessful. Incapsula incident ID: 443-21"
    "</iframe></html>",
    "akamai": "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't"
    " have permission to access this on this server.<P>Reference #18.2d<P>"
    "https://errors.edgesuite.net/18.2d</BODY></HTML>",
    "f5": "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected."
    " Please consult with your administrator.<br>Your support ID is: 123</body></html>",
    "cloudfront": page("ERROR: The request could not be satisfied", "<h1>403 ERROR</h1>"),
    "aws waf": page("", f"<script>window.gokuProps = {{}};</script>{SCRIPT}"),
    "datadome": page(
        "musterdorf.example", "<script>var dd={'host':'geo.captcha-delivery.com'}</script>"
    ),
    "anubis": page(
        "Making sure you're not a bot!",
        "<h1>Making sure you're not a bot!</h1><script id='anubis_challenge'>{}</script>",
    ),
    "recaptcha": page("Security check", "<p>Please solve the captcha.</p><form></form>"),
    "nginx 403": "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden"
    "</h1></center><hr><center>nginx</center></body></html>",
    "wordfence": page(
        "Access limited", "<p>Your access to this site has been limited by the site owner.</p>"
    ),
    "rate, en": page("429", "<h1>Too Many Requests</h1><p>Try again later.</p>"),
    "rate, de": page("Fehler", "<p>Zu viele Anfragen. Bitte warten Sie einen Augenblick.</p>"),
    "rate, fr": page("Erreur", "<p>Trop de requêtes, veuillez patienter.</p>"),
    "rate, it": page("Errore", "<h1>Troppe richieste</h1>"),
    "rate, sl": page("Napaka", "<h1>Preveč zahtev</h1>"),
    "de": page(
        "Zugriff verweigert", "<h1>Zugriff verweigert</h1><p>Ihre Anfrage wurde blockiert.</p>"
    ),
    "de, robot": page(
        "Sicherheitsüberprüfung", "<p>Bestätigen Sie, dass Sie kein Roboter sind.</p>"
    ),
    "fr": page("Accès refusé", "<h1>Accès refusé</h1><p>Contactez l'administrateur.</p>"),
    "fr, robot": page("Vérification", "<h1>Je ne suis pas un robot</h1>"),
    "it": page("Accesso negato", "<p>Non si dispone delle autorizzazioni necessarie.</p>"),
    "it, robot": page("Verifica", "<h1>Conferma: non sono un robot</h1>"),
    "sl": page("Dostop zavrnjen", "<h1>Dostop zavrnjen</h1>"),
    "sl, robot": page("Preverjanje", "<h1>Potrdite, da niste robot</h1>"),
    "text": "Access denied by security policy",
    "text, sl": "Dostop ni dovoljen.",
    "json rate": '{"message": "API rate limit exceeded for 192.0.2.1"}',
    "xml denied": "<?xml version='1.0'?><Error><Code>AccessDenied</Code>"
    "<Message>Access Denied</Message></Error>",
}
LOGIN = {
    "de": page("Anmeldung", "<form>Benutzer <input name=u> Kennwort <input type=password></form>"),
    "de, words": page("Anmeldung", "Bitte anmelden"),
    "fr": page("Connexion", "<h1>Se connecter</h1><form><input type='password'></form>"),
    "it": page(
        "Accedi", "<form method=post><input type=PASSWORD></form><a href='/aiuto'>Aiuto</a>"
    ),
    "sl": page("Prijava", "<form><input type=password><button>Prijava</button></form>"),
    "named, with a menu": page(
        "Log in – Musterdorf",
        f"<nav>{MENU}</nav><form><input type=password></form><p>{NEWS[:1000]}</p>",
    ),
    "saml": page(
        "", "<form action='https://sso.example/'><input name='SAMLRequest' value='x'></form>"
    ),
    "redirect": page("", "", "<meta http-equiv='refresh' content='0; url=/login?next=/feed'>"),
    "json key": '{"status": 401, "error": "Unauthorized"}',
}
CONSENT = {
    "google": page(
        "Before you continue", "<p>We use cookies.</p><form><button>Accept all</button></form>"
    ),
    "de": page("Cookies", "<h1>Wir verwenden Cookies</h1><button>Alle akzeptieren</button>"),
    "fr": page("Avant de continuer", "<h1>Votre consentement</h1><button>Tout accepter</button>"),
    "it": page("Prima di continuare", "<p>Usiamo i cookie.</p><button>Accetta</button>"),
    "sl": page("Občina", "<div class='cookie-wall'>Piškotki <button>Sprejmem</button></div>"),
}
SHELL = {
    "react": page("Musterdorf", f"<div id='root'></div>{SCRIPT}"),
    "noscript": page("Občina", f"<noscript>You need to enable JavaScript.</noscript>{SCRIPT}"),
    "angular": page("Comune", f"<app-root>Caricamento…</app-root>{SCRIPT}"),
    "loading": page("Villexemple", f"<p>Chargement…</p>{SCRIPT}"),
    "banner": page(
        "Musterdorf",
        f"<div id='app'></div><div class='cookie-banner'>{'Cookies. ' * 50}</div>{SCRIPT}",
    ),
}
PAGE = {
    "short": page("Novice", "<h1>Novice</h1><p>Ni novic.</p>"),
    "not found, de": page("Seite nicht gefunden", "<h1>404</h1>"),
    "maintenance, fr": page("Maintenance", "<p>Le site est en maintenance.</p>"),
    "long, with scripts": page("Musterdorf", f"<nav>{MENU}</nav><p>{NEWS}</p>{SCRIPT}"),
    "search and login link": page(
        "Občina Vzorčna vas",
        f"<header><a href='/prijava'>Prijava</a><form><input type=search></form>{MENU}</header>"
        f"<main><p>{NEWS}</p></main>",
    ),
    "login form in the head": page(
        "Comune di Valdesempio",
        f"<form><input type=password>Accedi</form><nav>{MENU}</nav><main>{NEWS}</main>",
    ),
    "an article about a wall": page(
        "Accès refusé aux camions dans la vallée", f"<nav>{MENU}</nav><article>{NEWS}</article>"
    ),
    "a captcha in its contact form": page(
        "Kontakt", f"<nav>{MENU}</nav><p>{NEWS}</p><form>Captcha: <input name=captcha></form>"
    ),
    "a banner over a list": page(
        "Novice",
        "<div id='cookie-banner'><h2>Piškotki</h2><button>Sprejmem</button></div><ul>"
        "<li><a href='/1'>Predlog uredbe o vodah</a><li><a href='/2'>Razprava</a>"
        "<li><a href='/3'>Javna obravnava</a></ul>" + SCRIPT,
    ),
    "few words without scripts": page("Rok", "<main><h1>Rok</h1><p>5. 1. 2027</p></main>"),
    "few words with counting": page("Rok", f"<main><h1>Rok</h1><p>5. 1. 2027</p></main>{SCRIPT}"),
    "registration for a fair": page("Anmeldung zum Dorffest", "<form>Name <input name=n></form>"),
    "a challenge script behind the wall": page(
        "Musterdorf",
        f"<nav>{MENU}</nav>{NEWS}<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>"
        "</script><script src='/_Incapsula_Resource?SWJIYLWA=7'></script>",
    ),
    "fragment": "<h1>It works!</h1>",
    "xhtml": '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Blog</body></html>',
}
