"""The words with which servers refuse, in five languages. Each pattern is for short texts."""

import re


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


DENIED = _any_of(
    r"access (?:to this (?:page|site|resource|website) )?(?:has been |is |was )?"
    r"(?:denied|blocked|forbidden|limited)",
    r"forbidden|not acceptable|(?:you have|has) been blocked|web page blocked",
    r"request (?:was |has been )?(?:blocked|rejected|unsuccessful)",
    r"requested url was rejected|request could not be satisfied",
    r"zu(?:griff|gang)(?: auf diese (?:seite|website))? (?:wurde )?"
    r"(?:verweigert|gesperrt|blockiert)",
    r"anfrage (?:wurde )?(?:blockiert|abgelehnt)",
    r"accès (?:est |a été )?(?:refusé|interdit|bloqué)|requête (?:a été )?(?:bloquée|rejetée)",
    r"accesso (?:è stato )?(?:negato|bloccato|vietato)",
    r"richiesta (?:è stata )?(?:bloccata|respinta)",
    r"dostop (?:vam )?(?:je |je bil |ni )?(?:zavrnjen|dovoljen|blokiran|onemogočen)",
    r"zahteva (?:je bila )?(?:zavrnjena|blokirana)",
)
RATE = _any_of(
    r"too many requests|rate[ -]?limit|quota exceeded|throttl|unusual traffic",
    r"zu viele anfragen|ungewöhnliche[rn]? (?:daten)?verkehr",
    r"trop de requêtes|trafic (?:inhabituel|exceptionnel)",
    r"troppe richieste|traffico (?:insolito|anomalo)",
    r"preveč zahtev|neobičajen promet",
)
ROBOT = _any_of(
    r"just a moment|attention required|ddos[- ]?(?:guard|protection)|security check|captcha",
    r"checking (?:your|the site|if the site) (?:browser|connection)|press (?:&|and) hold",
    r"verif(?:y|ying) (?:that )?you are (?:a |not a )?(?:robot|human)|not a (?:ro)?bot",
    r"are you (?:a )?(?:robot|human)|you are (?:a )?human",
    r"kein roboter|browser wird (?:über|ge)prüft|sicherheitsüberprüfung",
    r"pas un robot|vérification (?:de sécurité|que vous êtes)",
    r"non (?:sono|sei) un robot|verifica di sicurezza|nisem robot|niste robot",
    r"varnostno preverjanje",
)
# What stands in the source of walls, and of no page behind them.
WALL = _any_of(
    r"_cf_chl_opt|id=.(?:challenge-(?:form|running|error)|cf-error-details|px-captcha|sec-if-cpt)",
    r"incapsula incident id|errors\.edgesuite\.net|geo\.captcha-delivery\.com|gokuprops",
    r"sucuri website firewall|anubis_challenge|ddos-guard/js-challenge|_pxappid",
)
WALLS = (
    ("Cloudflare", _any_of(r"cloudflare|_cf_chl|cf-error")),
    ("Imperva", _any_of(r"incapsula|imperva")),
    ("Akamai", _any_of(r"edgesuite|akamai|sec-if-cpt")),
    ("DataDome", _any_of(r"captcha-delivery|datadome")),
    ("HUMAN", _any_of(r"px-captcha|_pxappid|perimeterx")),
    ("Amazon", _any_of(r"gokuprops|awswaf|cloudfront")),
    ("Sucuri", _any_of(r"sucuri")),
    ("Anubis", _any_of(r"anubis")),
    ("DDoS-Guard", _any_of(r"ddos-guard")),
)
# A page of that name asks for a password; alone it may be the entry form of a village fair.
LOGIN = _any_of(
    r"(?:log|sign)[ -]?(?:in|on)\b|authenti(?:cation|fizierung|fication)|single sign",
    r"anmeld(?:en|ung)|einloggen|se connecter|connexion|identifi(?:ez-vous|cation)",
    r"accedi\b|\baccesso\b|autenticazione|\bprijava|vpis\b|overjanje",
)
ASKS_FOR_LOGIN = _any_of(
    r"(?:please|must|need to|have to) (?:log|sign) in|(?:log|sign) in to (?:your|continue|access)",
    r"login required|authentication (?:is )?required|redirect\w* to (?:the )?(?:login|sign)",
    r"bitte (?:\w+ ){0,3}(?:anmelden|einloggen)|melden sie sich|weiterleitung zur anmeldung",
    r"veuillez vous (?:connecter|identifier|authentifier)|(?:connectez|identifiez)-vous",
    r"(?:effettua|esegui)(?:re)? (?:l.accesso|il login)|accedi (?:con|per|a)\b|autenticarsi",
    r"prijavite se|potrebna je prijava|prijava je obvezna",
)
KEY_MISSING = _any_of(
    r"unauthori[sz]ed|authenticat|api.?key|credentials|nicht angemeldet|non autoris|non autoriz",
    r"nepooblaščen",
)
CONSENT = _any_of(
    r"before you continue|bevor sie (?:weiter|fort)|avant d.accéder|avant de continuer",
    r"prima di continuare|preden nadaljujete|cookie|piškotk|your privacy",
    r"consent|einwilligung|zustimmung|consenso|privolitev|soglasje|datenschutzeinstellung",
)
ACCEPT = _any_of(
    r"accept|agree|allow|akzeptier|zustimm|einverstanden|accett|acconsent|sprejm|strinjam|dovoli",
)
