/** What is tried first everywhere, lower case; a tail of digits and signs is cut off before looking. */
export const commonPasswords: ReadonlySet<string> = new Set(`
password passwort passw0rd p@ssword p@ssw0rd pa$$word pa$$w0rd password1 password12 password123 password1234 password12345
motdepasse contraseña contrasena senha wachtwoord parola haslo losenord mypassword thepassword newpassword yourpassword
qwerty qwertz azerty qwertyui qwertyuiop qwertzuiop azertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
asdfgh asdfghj asdfghjk asdfghjkl zxcvbn zxcvbnm zxcvbnm1 yxcvbnm asdf1234 asdfasdf qazwsx qazwsxedc qaz12345 1qaz2wsx
1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qwer1234 qweasdzxc
12345678 123456789 1234567890 12345678910 0123456789 987654321 87654321 9876543210 0987654321 11111111 22222222 00000000
88888888 12121212 13131313 12341234 11223344 1122334455 112233445566 123123123 123321123 147258369 159753456 789456123
123456abc abc12345 abcd1234 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 a12345678 a123456789 abcdefg abcdefgh abcdefghi abc123456
1234abcd 123qweasd 123456qwerty 1234qwer 12345qwert qwert12345 q123456789 z123456789 asd123456 12qwaszx zxc123456
letmein letmein1 letmein123 welcome welcome1 welcome12 welcome123 willkommen bienvenue bienvenido login login123 changeme
changeme1 changeme123 change-me default guest guest123 temp temporary test test1234 testtest testing testing123 tester
admin admin123 admin1234 administrator root rootroot toor master master123 manager superuser superman batman spiderman
iloveyou iloveyou1 iloveyou2 loveyou lovely loveme love1234 mylove sweetheart princess princess1 sunshine sunshine1
football football1 baseball baseball1 basketball soccer hockey liverpool chelsea arsenal barcelona realmadrid juventus
monkey monkey123 dragon dragon123 shadow shadow123 tigger pokemon pikachu starwars naruto minecraft fortnite matrix
michael jennifer jessica michelle jordan jordan23 ashley charlie thomas daniel andrew alexander jonathan christian
samantha victoria elizabeth nicole patrick benjamin sebastian
trustno1 whatever whatever1 freedom computer computer1 internet killer killer123 hunter hunter2 ranger buster harley
cheese cookie chocolate butterfly flower flowers summer winter spring autumn january february september october november
december monday friday saturday sunday mustang corvette ferrari porsche mercedes yamaha phoenix diamond diamonds
secret secret123 topsecret access access14 access123 company company1 office office123 business server server123
google google123 facebook linkedin microsoft windows iphone samsung android apple123 amazon
nothing nothing1 forever forever1 blink182 metallica slipknot myspace1 qwerty7 passpass correcthorsebatterystaple
`.trim().split(/\s+/))
