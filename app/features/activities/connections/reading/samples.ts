/** Reports in the shapes the tools write them, people and places invented. For tests. */

export const zoomMeeting = `ID de réunion,Sujet,Heure de début,Heure de fin,Adresse e-mail de l'utilisateur,Durée (minutes),Participants
812 3456 7890,Égalité : où en est-on ?,08/12/2022 09:20:00 AM,08/12/2022 12:35:00 PM,accueil@centre.example,195,6

Nom (nom d'origine),Adresse e-mail de l'utilisateur,Heure d'arrivée,Heure de départ,Durée (minutes),Invité,Enregistrement consenti,Dans la salle d'attente
Accueil du centre,accueil@centre.example,12/08/2022 09:20:00 AM,12/08/2022 12:35:00 PM,195,Non,,Non
Inès Bouzid,ines.bouzid@passerelles.example,12/08/2022 09:28:10 AM,12/08/2022 09:30:00 AM,2,Oui,Oui,Oui
Inès Bouzid,ines.bouzid@passerelles.example,12/08/2022 09:30:00 AM,12/08/2022 10:30:00 AM,60,Oui,Oui,Non
Inès Bouzid,ines.bouzid@passerelles.example,12/08/2022 10:40:00 AM,12/08/2022 12:30:00 PM,110,Oui,Oui,Non
Kiki34 (Christine Durand),,12/08/2022 09:31:00 AM,12/08/2022 12:30:00 PM,179,Oui,,Non
iPhone de Marie,,12/08/2022 09:35:00 AM,12/08/2022 11:00:00 AM,85,Oui,,Non
33612****78,,12/08/2022 09:40:00 AM,12/08/2022 10:10:00 AM,30,Oui,,Non
`

export const zoomWebinar = `Attendee Report,,,,,,,,
Report Generated:,"Dec 9, 2022 6:26 PM",,,,,,,
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views
Égalité,847 5984 1045,"Dec 8, 2022 9:13 AM",282,3,0,2,4,3
Host Details,,,,,,,,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,Accueil,accueil@centre.example,"Dec 8, 2022 09:13:27","Dec 8, 2022 12:35:19",202,No,France,
Panelist Details,,,,,,,,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,
Yes,Karim Naceri,karim@univ.example,"Dec 8, 2022 09:25:32","Dec 8, 2022 12:30:19",185,Yes,France,
Attendee Details,,,,,,,,
Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Inès Bouzid,Inès,Bouzid,ines@passerelles.example,"Dec 1, 2022 10:00:00",approved,"Dec 8, 2022 09:30:00","Dec 8, 2022 10:30:00",60,Yes,France
Yes,Inès Bouzid,Inès,Bouzid,ines@passerelles.example,"Dec 1, 2022 10:00:00",approved,"Dec 8, 2022 10:31:00","Dec 8, 2022 12:30:00",119,Yes,France
No,Linus Perrin,Linus,Perrin,linus@exemple.example,"Dec 2, 2022 10:00:00",approved,--,--,--,--,--
`

const tabbed = (lines: readonly string[]) => lines.map((line) => line.replaceAll(' | ', '\t')).join('\r\n')

export const teamsFrench = tabbed([
  '1. Résumé',
  'Titre de la réunion | Égalité, où en est-on ?',
  'Participants présents | 5',
  'Heure de début | 08/12/2022 09:25:00',
  'Heure de fin | 08/12/2022 12:31:00',
  'Durée de la réunion | 3 h 6 min',
  'Durée moyenne de participation | 1 h 52 min 3 s',
  '',
  '2. Participants',
  'Nom | Première participation | Dernier départ | Durée de la réunion | E-mail | ID de participant (UPN) | Rôle',
  'Claire Vidal | 08/12/2022 09:25:00 | 08/12/2022 12:31:00 | 3 h 6 min | claire.vidal@centre.example | claire.vidal@centre.example | Organisateur',
  'DUPONT Marie - CD34 (Invité) | 08/12/2022 09:29:12 | 08/12/2022 12:30:00 | 2 h 50 min 48 s |  |  | Présentateur',
  'Paul Ménard | 08/12/2022 10:00:00 | 08/12/2022 10:04:00 | 4 min | paul.menard@sete.example | paul.menard@sete.example | Participant',
  '33467****12 | 08/12/2022 09:31:00 | 08/12/2022 12:29:00 | 2 h 58 min |  |  | Participant',
  '2 personnes : Nadia et Léo | 08/12/2022 09:30:00 | 08/12/2022 12:30:00 | 3 h |  |  | Participant',
  '',
  '3. Activités au cours de la réunion',
  'Nom | Heure d’arrivée | Heure de départ | Durée | E-mail | Rôle',
  'Claire Vidal | 08/12/2022 09:25:00 | 08/12/2022 12:31:00 | 3 h 6 min | claire.vidal@centre.example | Organisateur',
  'DUPONT Marie - CD34 (Invité) | 08/12/2022 09:29:12 | 08/12/2022 11:00:00 | 1 h 30 min 48 s |  | Présentateur',
  'DUPONT Marie - CD34 (Invité) | 08/12/2022 11:10:00 | 08/12/2022 12:30:00 | 1 h 20 min |  | Présentateur',
  'Paul Ménard | 08/12/2022 10:00:00 | 08/12/2022 10:04:00 | 4 min | paul.menard@sete.example | Participant',
  '33467****12 | 08/12/2022 09:31:00 | 08/12/2022 12:29:00 | 2 h 58 min |  | Participant',
  '2 personnes : Nadia et Léo | 08/12/2022 09:30:00 | 08/12/2022 12:30:00 | 3 h |  | Participant',
])

export const teamsEnglish = tabbed([
  '1. Summary',
  'Meeting title | Equality',
  'Attended participants | 2',
  'Start time | 12/8/22, 9:25:00 AM',
  'End time | 12/8/22, 12:31:00 PM',
  'Meeting duration | 3h 6m',
  '',
  '2. Participants',
  'Name | First Join | Last Leave | In-Meeting Duration | Email | Participant ID (UPN) | Role',
  'Claire Vidal | 12/8/22, 9:25:00 AM | 12/8/22, 12:31:00 PM | 3h 6m | claire.vidal@centre.example | claire.vidal@centre.example | Organizer',
  'Inès Bouzid (External) | 12/8/22, 9:30:00 AM | 12/8/22, 12:30:00 PM | 2h 10m 5s | ines@passerelles.example |  | Attendee',
])

/** The older list, one line for each coming and going. */
export const teamsOld = tabbed([
  'Full Name | User Action | Timestamp',
  'Claire Vidal | Joined | 12/8/2022, 9:25:00 AM',
  'Inès Bouzid (Guest) | Joined | 12/8/2022, 9:31:00 AM',
  'Inès Bouzid (Guest) | Left | 12/8/2022, 10:31:00 AM',
  'Inès Bouzid (Guest) | Joined | 12/8/2022, 11:00:00 AM',
  'Claire Vidal | Left | 12/8/2022, 12:30:00 PM',
])

export const bigBlueButton = `Nom,Modérateur,Score d'activité,Temps de parole,Temps de webcam,Messages,Réactions,Votes,Mains levées,Arrivée,Départ,Durée
"Claire Vidal","TRUE","0","00:42:00","01:00:00","3","0","0","0","08/12/2022 09:20:11","08/12/2022 12:32:00","03:11:49"
"Inès Bouzid","FALSE","5,2","00:02:11","-","1","2","1","0","08/12/2022 09:31:00","08/12/2022 12:30:00","02:59:00"
"Paul M.","FALSE","1","-","-","0","0","0","0","08/12/2022 09:31:00","08/12/2022 12:30:00","00:50:00"
"Anonyme","","","","","","","","","","",""
`

export const jitsi = `Jitsi Meet – participants,,,
Display name,Email,Join time,Leave time,Duration
Inès Bouzid,,2022-12-08T08:31:00Z,2022-12-08T09:31:00Z,01:00:00
Inès Bouzid,,2022-12-08T09:00:00Z,2022-12-08T11:30:00Z,02:30:00
Fellow Jitster,,2022-12-08T08:40:00Z,2022-12-08T09:00:00Z,00:20:00
`

export const jitsiJournal = `Timestamp;Event;Display name;Participant JID
2022-12-08T08:31:00Z;PARTICIPANT_JOINED;Inès Bouzid;a@jitsi.example
2022-12-08T09:31:00Z;PARTICIPANT_LEFT;Inès Bouzid;a@jitsi.example
2022-12-08T09:40:00Z;PARTICIPANT_JOINED;Léo Martin;b@jitsi.example
2022-12-08T11:30:00Z;PARTICIPANT_LEFT;Léo Martin;b@jitsi.example
`

export const livestorm = `Email,First name,Last name,Registered at,Attended,Joined at,Left at,Attendance duration (minutes),Is team member,Livestorm link
ines@passerelles.example,Inès,Bouzid,2022-12-01 10:00:00 UTC,Yes,2022-12-08 08:31:00 UTC,2022-12-08 11:28:00 UTC,177,No,https://app.livestorm.co/x
paul@sete.example,Paul,Ménard,2022-12-02 10:00:00 UTC,No,,,,No,https://app.livestorm.co/y
`

export const plainTable = `Nom;Prénom;Adresse e-mail;Arrivée;Départ
Bouzid;Inès;ines@passerelles.example;9 h 31;12 h 30
Ménard;Paul;;9 h 31;9 h 40
`

export const durationsOnly = `Nom et prénom;Durée
Bouzid Inès;1 h 30
Ménard Paul;00:12:00
`
