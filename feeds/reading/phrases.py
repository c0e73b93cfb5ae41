"""The words of notices about input, as patterns over levelled text: one set per language.

Read from notices, feeds and laws of the five languages; a word is listed under what it proves
about a date near it, not under its dictionary meaning.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`deadline` names the end itself, `input` what is handed in, `matter` the proceeding."""

    deadline: str
    input: str
    matter: str
    ends: str  # "closes", "endet": makes "on 31 March" an end
    opened: str  # "was opened on": makes the date a beginning
    moved: str  # "extended to"
    former: str  # "previously": the date no longer holds
    against: str  # validity, duties of authorities, results, contracts, yearly dates
    unsettled: str  # "to be confirmed"
    registration: str
    meeting: str
    transposition: str
    force: str
    other: str  # appeals, referendums, grants


EN = Phrases(
    deadline=r"(?<!transposition )(?<!implementation )(?:dead ?lines?|closing dates?|due dates?"
    r"|time[- ]limits?|cut-?off(?: date)?|last date|last day|final date|end date|submission date)"
    r"|(?:consultation|comment|feedback|submission|response) period",
    input=r"comment(?:s|ing|ed)?|feedback|views?|contribut(?:ions?|e)|submissions?|submit(?:ted"
    r"|ting|s)?"
    r"|respon(?:d|ses?|dents?|ding)|repl(?:y|ies)|inputs?|representations?|observations?|opinions?"
    r"|tenders?|bids?|proposals?|expressions? of interest|nominations?|have your say|take part"
    r"|applications|questionnaires?|surveys?|abstracts?|evidence|suggestions?|remarks?|objections?"
    r"|statements?|position papers?|write to us|written questions"
    r"|appl(?:y|ications?)(?= (?:by|now|before|until|no later|must be|should be|are |close|open"
    r"|can be))",
    matter=r"consultations?|consult(?:s|ing)?|calls? for [a-z]+|public (?:hearing|inquiry|display)"
    r"|open calls?|roadmap|competition|stakeholder dialogue|public participation|poll|w(?:as"
    r"|ere) open(?: from)?",
    ends=r"clos(?:es?|ed|ing)|end(?:s|ed|ing)?|expir(?:es?|ed|ing)|due|finish(?:es|ed)?|runs out"
    r"|ran out",
    opened=r"open(?:s|ed|ing)?|launch(?:es|ed)?|start(?:s|ed|ing)?|beg[aiu]ns?|published|issued"
    r"|commenc(?:es?|ed)|adopted",
    moved=r"exten(?:d|ds|ded|sion)|postponed|prolonged|moved|rescheduled|delayed|new deadline"
    r"|(?:pushed|put) back|deferred|brought forward|put off",
    former=r"original(?:ly)?|initial(?:ly)?|previous(?:ly)?|formerly|instead of|rather than|old"
    r"|was due",
    against=r"in(?:to)? force|valid(?: until| till| from| through| for)?|validity|shall apply"
    r"|appl(?:ies|icable)"
    r"|remains? in effect|(?<!be )received (?!by|no later|until|before|at|on)[a-z]|took place"
    r"|w(?:as|ere) held"
    r"|(?:member states?|contracting parties|commission|agency|authority|council|parliament"
    r"|minister|parties"
    r"|competent authorit(?:y|ies)|operators?|undertakings?|institutions?) (?:shall|must|is to"
    r"|are to|will|should have)"
    r" (?!accept|take|consider|consult|welcome|collect|gather|receive|invite|seek)"
    r"|shall (?:adopt|report|review|ensure|transmit|notify|publish|evaluate|assess|carry"
    r"|submit to|present)"
    r"|(?:results?|summary|report|synopsis|outcome|analysis|final (?:text|version"
    r"|opinion))\b[^.;]{0,60}\b(?:publish|available|present|adopt|issue|release)[a-z]*"
    r"|(?:will|to|shall) (?:be )?(?:launch(?:ed)?|opened|start(?:ed)?|begin|publish(?:ed)?"
    r"|adopt(?:ed)?|finali[sz]ed?|present(?:ed)?)"
    r"|contract|tenancy|exhibition|season|grace period|transition(?:al)? period|each year"
    r"|every year|of each|annually"
    r"|had (?:been )?(?:submitted|received|sent)|(?:had|have|has) (?:submitted|commented"
    r"|responded|replied)|dispute",
    unsettled=r"tbc|tba|tbd|check source|to be (?:confirmed|announced|determined|decided|defined"
    r"|set)"
    r"|not (?:yet )?(?:known|set|fixed|announced)|unknown|open-ended",
    registration=r"regist(?:er|ers|ration|rations|ered)|sign[- ]?ups?|sign up|rsvp|enrol[a-z]*"
    r"|book (?:your|a) [a-z]+",
    meeting=r"(?:will|is to|to|shall) (?:be held|take place|meet|convene)|takes place|(?:is"
    r"|are) held|meets"
    r"|(?:next |annual |plenary )?(?:meeting|webinar|workshop|conference|session|info day"
    r"|assembly)(?: is|:)",
    transposition=r"transpos[a-z]+|bring into force the laws",
    force=r"(?:enters?|entry|entered|comes?|came) into force|(?:takes?|took) effect"
    r"|in force (?:from|as of|since)",
    other=r"appeals?|judicial review|(?:submission of )?grant applications?|subsid(?:y|ies)"
    r"|payment|referendum",
)

DE = Phrases(
    deadline=r"(?:einreich\w*|eingabe|einsende|abgabe|vernehmlassungs|anhorungs|begutachtungs"
    r"|stellungnahmen?"
    r"|auss?erungs|auflage|auslegungs|einwendungs|einwands|angebots|offert\w*|bewerbungs"
    r"|ruckmelde|konsultations"
    r"|beteiligungs|einsprache|einspruchs|mitwirkungs|antwort|eingangs|teilnahme|ausschreibungs"
    r"|frage|abgabe"
    r"|rucksende|verbandeanhorungs|review)frist\w*|frist(?:en|ende|ablauf|verlangerung"
    r"|erstreckung)?"
    r"|einsendeschluss?|einreicheschluss?|einreichungsschluss?|annahmeschluss?|meldeschluss?"
    r"|abgabeschluss?"
    r"|(?:eingabe|abgabe|schluss?|einreich\w*|end)termin|bewerbungsschluss?|teilnahmeschluss?"
    r"|deadline|stichtag"
    r"|ende der (?:begutachtung|auflage|vernehmlassung|konsultation|anhorung)\w*",
    input=r"ein(?:zu)?(?:reichen|senden|bringen|geben)|ein(?:gereicht|gesandt|gesendet|gebracht"
    r"|gegeben|langen|langend)"
    r"|(?:\w+-?)?stellungnahmen?|stellung (?:zu )?(?:nehmen|genommen|nimmt)|stellung beziehen"
    r"|(?:ge)?auss?er(?:n|t|ungen)"
    r"|(?:ruck|wort)meldung\w*|ruckzumelden|bemerkungen|anregungen|einwendung\w*|einwand\w*"
    r"|eingaben?|hinweise?n?"
    r"|vorschlage?n?|anderungsvorschlag\w*|beitrage? (?:einreich|send|schick|leist)\w*"
    r"|diskussionsbeitrage?"
    r"|zugesandt|zuzusenden|zuzustellen|einsprachen?|einspruche?|angebote?s?|offerten?"
    r"|antworten?|fragebogen"
    r"|umfrage|fragerunde|bewerb(?:en|ungen)|beteiligen|mitwirken|mitzuwirken|teilnehmen"
    r"|teilzunehmen|mitmachen"
    r"|feedback|meinung\w*|kommentare?|kommentieren|entgegen|entgegengenommen|erbeten|ersucht"
    r"|eingeladen|gebeten"
    r"|vernehmlassungs(?:antwort|bericht)\w*|anmerkungen|schriftlich|abzugeben|abgegeben werden"
    r"|position\w* einbringen",
    matter=r"\w*vernehmlassung\w*|\w*konsultation\w*|\w*anhorung\w*|\w*begutachtung\w*"
    r"|(?:offentliche|plan)\w* ?auflage"
    r"|(?:erste|zweite|dritte|erneute) auflage|auflage(?:verfahren|zeit)\w*"
    r"|auslegung|ausgelegt|aufgelegt"
    r"|(?:zur (?:offentlichen )?einsicht)|\w*beteiligung"
    r"|beteiligungsverfahren|mitwirkungsverfahren|mitwirkung|aufruf|wettbewerb|ausschreibung"
    r"|offentlich auf|liegt auf",
    ends=r"findet(?=[^.;]{0,60}konferenzielle)|endet\w*|enden|ablauft|abgelaufen|ablaufen"
    r"|(?:lauft|lief)\b(?=[^.;]{0,80}\b(?:ab|aus)\b)|ab(?=\W*$)"
    r"|geschloss?en|schliess?t|verstreicht|zu ende|(?:schluss?|beendet)",
    opened=r"eroffn\w*|start\w*|gestartet|beginn\w*|begann|begonnen|lanciert|veroffentlicht"
    r"|kundgemacht|publiziert"
    r"|beschloss?en|verabschiedet|gutgeheiss?en|zugestellt|ubermittelt|versandt",
    moved=r"verlanger\w*|erstreck\w*|verschoben|vorverlegt|verlegt|verschiebt"
    r"|neue frist|ausgedehnt|fristverlangerung",
    former=r"bisher\w*|ursprunglich\w*|statt|anstelle|anstatt|vormals|zunachst|alte frist",
    against=r"in kraft|inkraft\w*|gilt|gelten(?:de)?|gultig\w*|geltung\w*|befristet|wirksam\w*"
    r"|vertrag\w*|ausfuhrungs(?!best)\w*"
    r"|ubergangs\w*|umsetzungs\w*|zahlungs\w*|kundigungs\w*|gewahrleistung\w*|offnung\w*"
    r"|ausstellung|saison|gesperrt"
    r"|(?:ergebnis|auswertung|schlussbericht|ergebnisbericht)\w*[^.;]{0,80}(?:veroffentlich"
    r"|vorlieg|vorleg|publiziert|vorgestellt|erwartet)\w*"
    r"|auswerten|ausgewertet|vernehmlassungs(?:vorlage|entwurf)\w*[^.;]{0,60}(?:ausarbeit"
    r"|auszuarbeit|erarbeit|vorleg|vorzuleg|unterbreit|zu unterbreit)\w*"
    r"|(?:eroffnet|gestartet|lanciert|durchgefuhrt|abgeschloss?en|eingeleitet) werden"
    r"|zu eroffnen|botschaft"
    r"|beauftragt\w*[^.;]{0,120}(?:vorzulegen|auszuarbeiten|zu erarbeiten|zu unterbreiten|bericht)"
    r"|mitgliedstaat\w*[^.;]{0,60}(?:legen|ubermitteln|stellen|erlass?en|haben|muss?en|teilen"
    r"|setzen|sorgen)"
    r"|(?:kommission|bundesregierung|bundesminister\w*|behorde|landesregierung) (?:legt"
    r"|ubermittelt|erstattet|erlass?t|hat|pruft|berichtet"
    r"|evaluiert)(?![^.;]{0,120}(?:konsultation|anhorung|vernehmlassung|begutachtung))"
    r"|(?:sind|waren|wurden|haben|gingen)[^.;]{0,80}(?:eingegangen|eingelangt|\bein\b|erhalten"
    r"|eingereicht worden|geauss?ert|stellung genommen)"
    r"|erhielt\w*|jedes jahr\w*|jeden jahr\w*|jahrlich|alljahrlich|des folgejahr\w*|ausgezahlt"
    r"|ausbezahlt|wandert|abzuschliess?en",
    unsettled=r"tbc|wird (?:noch )?bekannt ?gegeben|noch offen|noch nicht (?:bekannt|festgelegt)"
    r"|offen(?=\W*$)|folgt(?=\W*$)"
    r"|unbekannt|wird noch (?:festgelegt|mitgeteilt)|n\. ?n\.?",
    registration=r"anmeld\w*|angemeldet|anzumelden|an(?=\W*$)|registrier\w*|einschreib\w*"
    r"|melden sie sich",
    meeting=r"findet|finden|fande|tagt|tagen|(?:sitzung|tagung|versammlung|konferenz|webinar"
    r"|workshop|veranstaltung)(?=[: ])"
    r"|stattfind\w*|statt(?=\W*$)",
    transposition=r"(?:mitgliedstaat\w*|richtlinie)[^.;]{0,160}(?:umsetz|umzusetzen"
    r"|erforderlichen rechts|nachzukommen)\w*|umsetzungsfrist"
    r"|setzen[^.;]{0,80}richtlinie[^.;]{0,60}um",
    force=r"in kraft(?! (?:getreten|gesetz)\w*[nrs] )|inkraft\w*",
    other=r"\w*referendum\w*|\w*beschwerde\w*|rekurs\w*|klagefrist|unterschriften|berufung"
    r"|forderantr\w*|fordermittel"
    r"|beitragsgesuch\w*|gesuche? um|zahlungsfrist|widerspruch\w*",
)

FR = Phrases(
    deadline=r"dates? limites?|delais?|cloture|echeances?|date butoir|date de fin"
    r"|dernier (?:delai|jour)"
    r"|fin de (?:la |l')(?:consultation|enquete|participation|concertation|mise a disposition)"
    r"|deadline",
    input=r"observations?|contributions?|contribue[rz]|remarques?|commentaires?|avis|repond(?:re"
    r"|ez)|reponses?"
    r"|propositions?|prises? de position|soumettre|soumettez|transmettre|transmettez"
    r"|transmis(?:es)?|envo(?:yer|yez|yees?|i)"
    r"|adresse(?:r|z|es)|depose(?:r|z|s|es)|depot|remise|remettre|participe[rz]|s'exprimer"
    r"|donne[rz] (?:votre|son|leur)"
    r"|faire (?:part|parvenir|connaitre)|parvenir|candidatures?|offres?|questionnaire|sondage"
    r"|suggestions?"
    r"|se prononcer|prononcez|formule[rz]|position(?=[^.;]{0,30}(?:attendue|jusqu|au plus))"
    r"|oppositions?",
    matter=r"consultations?|concertations?|enquetes? publiques?|enquete"
    r"|participation(?: du public)?|mis(?:e|es)? a (?:la )?disposition"
    r"|appels? (?:a|d')\s?[a-z]+|debat public|concours|mise a l'enquete|mise en consultation",
    ends=r"clos\w*|cloture\w*|ferme\w*|(?:se |s'est )?termine\w*|prend(?:ra)? fin|pris fin"
    r"|s'acheve\w*|echoit|echu\w*|expire\w*|fin",
    opened=r"ouvert\w*|ouverture|lance\w*|debut\w*|commenc\w*|demarr\w*|publie\w*|depuis"
    r"|adopte\w*|mis en ligne",
    moved=r"prolong\w*|report\w*|repousse\w*|prorog\w*|decale\w*|avance\w* au"
    r"|etendu\w*|differe\w*|nouveau delai",
    former=r"initial\w*|precedemment|auparavant|au lieu d\w*|primitiv\w*|ancien\w*|jusqu'ici",
    against=r"en vigueur|valables?|validite|applicab\w+|s'applique\w*|prendr?a? effet|differend"
    r"|en (?:reponse|replique) de|\bm\. [a-z]\b"
    r"|contrat|marche public|execution|interimaire|etats membres (?:doivent|transmettent"
    r"|communiquent|adoptent|veillent)"
    r"|(?:synthese|bilan|resultats?|rapport)\b[^.;]{0,80}(?:publi|disponib|en ligne|present"
    r"|remis|accessib|communiqu)\w*"
    r"|chaque annee|tous les ans|par an\b|sera (?:lancee|ouverte|mise en consultation|publiee?)"
    r"|lancer|ouvrir|elaborer|presenter(?:a)? (?:un|au|le)"
    r"|ouverture des (?:plis|offres)|a recu|ont recu|ont ete (?:recu|depos|transmis|formul)\w*"
    r"|exposition|saison|periode transitoire|aides?\b|autoris\w+ (?:est )?accord\w*"
    r"|(?:la commission|le gouvernement|le ministre|le conseil federal|les cantons) (?:presente"
    r"|transmet|adopte|remet|soumet|publie)\w*|rembours\w*",
    unsettled=r"tbc|a (?:confirmer|preciser|definir|determiner|fixer)|pas encore (?:connue?"
    r"|fixee?)|inconnue?",
    registration=r"inscri\w+|s'enregistrer|enregistrement",
    meeting=r"aura lieu|auront lieu|a lieu|se tiendra|se tiendront|se tient"
    r"|(?:prochaine )?(?:reunion|seance|assemblee|conference|atelier)|se deroulera",
    transposition=r"transpos\w*|conformer a la(?: presente)? directive",
    force=r"(?:entr\w+|mis\w*) en vigueur|prend(?:ra)? effet",
    other=r"recours|referend\w*|tribunal|subventions?|demandes? d'aides?|pourvoi|contentieux",
)

IT = Phrases(
    deadline=r"scadenz[ae]|scad\b|termin[ei]|data (?:di )?(?:chiusura|limite|ultima|finale"
    r"|scadenza)|chiusura"
    r"|fine della (?:consultazione|partecipazione|raccolta)|ultimo giorno|deadline",
    input=r"osservazion[ei]|contribut[oi]|commenti?|parer[ei]|propost[ae]|presenta(?:re|rsi"
    r"|zione|te|ti|no)|invi(?:are|ate|ati|ata|o|ano|ando|i)"
    r"|inoltr\w+|pervenire|rispost[ae]|rispondere|risponda|questionari[oi]|sondaggio|offert[ae]"
    r"|candidatur[ae]|partecipa\w+"
    r"|manifestazion[ei] di interesse|suggerimenti|segnalazioni|esprim\w+|prendere posizione"
    r"|pres[ae] di posizione"
    r"|domand[ae] di partecipazione|giro di domande|opposizion[ei]|sopralluogo|concors\w+"
    r"|istanz[ae]|quesiti|memorie|trasmett\w+ (?:le|i|gli|il|la|eventuali) (?:osserv|contrib"
    r"|parer|propost)\w*",
    matter=r"consultazion[ei]|concors[oi]|bando|avviso pubblico|inchiesta pubblica|deposit\w+"
    r"|indagine|audizion[ei]|dibattito pubblico"
    r"|selezion[ei]|gara|partecipazione|procedura di consultazione",
    ends=r"chiud\w+|termina\w*|scad(?:e|ono|ra|uto|uta|uti)|conclud\w+|conclus\w+|chius[aoie]|fine",
    opened=r"aperta|aperto|apre|apertura|avvia\w+|lancia\w+|pubblica\w+|inizi\w+|adottat\w+"
    r"|approvat\w+",
    moved=r"prorog\w+|rinvi(?:ato|ata|o)|posticip\w+|differit\w+|anticipat\w+|estes[ao]|spostat\w+"
    r"|nuovo termine|nuova scadenza",
    former=r"inizial\w+|precedent\w+|in precedenza|anziche|invece|originari\w+|vecchi\w+",
    against=r"in vigore|entrata in vigore|valid\w+|efficacia|vigente|pervenut[eiao] (?:entro"
    r"|oltre|dopo|fino)|compi[au]\w+|maturat\w+"
    r"|(?:domand[ae]|richiest[ae]|concessione|erogazione|assegnazione) (?:di|dei"
    r"|del) (?:un )?(?:contribut|finanziament|agevolazion)\w+"
    r"|contribut[oi] (?:ordinari|straordinari|finanzi|econom|a fondo|statal|regional|previdenz"
    r"|unificat)\w*|rendicont\w+|esecuzione|contratto|apertura delle"
    r"|(?:la commissione|il ministr\w+|la regione|la giunta|il governo|le regioni|gli enti"
    r"|l'autorita|il consiglio(?: federale)?|i comuni) (?:\w+ ){0,2}?(?:valuta|presenta|adotta"
    r"|riferisce|trasmett|provved|approva|emana|comunica|pubblica|elabora|dispone|individua"
    r"|definisce)\w*"
    r"|stati membri|di ogni anno|di ciascun anno|ogni anno|dell'anno successivo|(?:esiti"
    r"|risultati|rapporto|relazione)[^.;]{0,80}(?:pubblic|present|trasmess|disponib)\w*"
    r"|graduatoria|porre in consultazione|avviare|sara avviata|sara aperta|elaborare|mostra"
    r"|stagione|(?:sono|erano) (?:\w+ )?(?:pervenut|giunt)\w+|ha ricevuto|hanno ricevuto",
    unsettled=r"tbc|da (?:definire|confermare|stabilire|determinare|precisare)"
    r"|non (?:ancora )?(?:noto|nota|definit\w+|fissat\w+)",
    registration=r"iscri\w+|registra(?:rsi|zion\w+|ti)|prenota\w+",
    meeting=r"si terra|si terranno|si tiene|si svolg\w+|avra luogo|(?:prossima )?(?:riunione"
    r"|seduta|convegno|assemblea|conferenza|incontro)",
    transposition=r"recepi\w+|trasposizion\w+|attuazione della direttiva",
    force=r"entra\w* in vigore|entrat[ao] in vigore|in vigore d\w+",
    other=r"ricors[oi]|\btar\b|impugn\w+|referendum|agevolazion\w+|finanziament\w+|rimborso",
)

SL = Phrases(
    deadline=r"rok(?:a|u|om|i)?|zadnji dan|zakljucek|zakljucni datum|skrajni rok|datum zakljucka"
    r"|iztek",
    input=r"pripomb\w*|predlog(?:e|ov|i|om)\b(?! (?:zakon|uredb|pravilnik|odlok|sklep|strategij"
    r"|resolucij|direktiv))|mnenj\w*|stalisc\w*|pobud\w*"
    r"|odgovor\w*|vprasalnik\w*|anket\w*|prispevk\w*|posljite|posredujte|posredujejo|oddajte"
    r"|za oddajo|oddaja|predlozite|vloz\w*"
    r"|ponudb\w*|komentar\w*|sodelujte|sodelovanj\w*|izpolnite|sporocite|izjav\w*|vloge|vlog\b"
    r"|ugovor\w*|sugestij\w*",
    matter=r"javn\w+ (?:obravnav|razprav|razgrnit|razgrn|posvetovan|posvet|predstavit|natecaj"
    r"|razpis|naznanil|poziv|sodelovan)\w*"
    r"|posvetovan\w*|razgrnit\w*|razgrnjen\w*|medresorsk\w*|natecaj\w*|e-demokracij\w*"
    r"|javna objava|v razpravi|v obravnavi",
    ends=r"konca\w*|koncal\w*|zakljuc\w*|izte(?:ce|kel|kla|klo|ka|ce)|potece|potekel|potekla"
    r"|poteklo|preneha\w*|zapre",
    opened=r"zacne\w*|zacel\w*|zacet\w*|objavil\w*|odprl\w*|sprejel\w*|od dne",
    moved=r"podaljsa\w*|podaljsuje\w*|prestavi\w*|prestavljen\w*|premakn\w*|nov rok",
    former=r"prvotn\w*|namesto|dosedanj\w*|prejsnj\w*|sprva",
    against=r"velja\w*|veljavn\w*|uporablja\w*|izda|izdajo|sprejme\w*|predpise|(?:minister"
    r"|ministrica|ministrstvo|vlada|komisija|agencija|zavod|organ) (?:\w+ ){0,2}?(?:izda"
    r"|sprejme|doloci|predpise|predlozi|poroca|pripravi|objavi)\w*"
    r"|uskladi\w*|drzav\w+ clanic\w*|vsako leto|vsakega leta|tekocega leta|naslednjega leta"
    r"|letno|clen\w*|odstav\w*|pogodb\w*"
    r"|(?:rezultat|porocil|analiz|povzet)\w*[^.;]{0,80}(?:objav|predstav|pripravlj)\w*|prejel\w*"
    r"|prispel\w* |obracun\w*|razstav\w*|sezon\w*|prehodn\w*|obdobj\w* od|dajatv\w*",
    unsettled=r"tbc|se ni (?:dolocen|znan)\w*|bo (?:objavljen|dolocen|sporocen)\w*|naknadno"
    r"|ni znan\w*",
    registration=r"prijav\w*|registracij\w*|vpis\w*|prijavite",
    meeting=r"sej[ai]\b|sestan\w+|konferenc\w*|delavnic\w*|posvet\b|skupscin\w*|bo potekal\w*",
    transposition=r"prenes\w*|prenos\w* direktiv\w*",
    force=r"zacn(?:e|ejo) veljati|zacel\w* veljati|zacetek veljavnosti|stopi\w* v veljavo",
    other=r"(?:za oddajo |oddaj\w+ )?vlog\w* za (?:\w+ )?(?:subvenc|sofinanc|dodelit"
    r"|sredst|pomoc)\w*"
    r"|pritozb\w*|tozb\w*|referendum\w*|zahtevk\w*|subvencij\w*|placil\w*",
)

PHRASES = {"en": EN, "de": DE, "fr": FR, "it": IT, "sl": SL}
