import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './index.ts';
import { createInterpreter } from './interpreter.ts';
import { createRewriter } from './template.ts';

const speaker = (name: string) => createInterpreter(LANGUAGES.find((table) => table.name === name)!);

describe('a rewriter', () => {
  it.each([
    ['%s ist %s', '%s is %s', 'a ist b', 'a is b'],
    ['%2$s: %1$s', '%s: %s', 'b: a', 'a: b'],
    ['Ende %s%s%s.', 'end %s%s%s!', 'Ende a port=1.', 'end a port=1!'],
    ['100%% %02d', '100%% of %02d', '100% 07', '100% of 07'],
    ['nichts', 'nothing', 'nichts', 'nothing'],
  ])('puts %j into %j', (from, to, message, expected) => {
    expect(createRewriter(from, to).rewrite(message)).toBe(expected);
  });

  it.each(['ist b', 'a ist b.', 'a war b', ''])('knows nothing of %j', (message) => {
    expect(createRewriter('Rolle %s ist %s!', '%s is %s').rewrite(message)).toBeUndefined();
  });

  it('takes a long message that nearly fits in linear time', () => {
    const started = performance.now();
    createRewriter('a%sb%sc%sd%s.', '%s%s%s%s').rewrite(`a${'b c d '.repeat(500_000)}`);

    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('an interpreter', () => {
  it.each([
    ['German', 'Syntaxfehler bei »SELEC« bei Zeichen 1', 'syntax error at or near "SELEC" at character 1'],
    ['German', 'Syntaxfehler am Ende der Eingabe', 'syntax error at end of input'],
    ['Japanese', '"SELEC"またはその近辺で構文エラー(1文字目)', 'syntax error at or near "SELEC" at character 1'],
    [
      'Russian',
      'неверный синтаксис для типа integer: "(a)" (символ 8)',
      'invalid input syntax for type integer: "(a)" at character 8',
    ],
    [
      'German',
      'Verbindung autorisiert: Benutzer=app Datenbank=shop application_name=a b',
      'connection authorized: user=app database=shop application_name=a b',
    ],
    [
      'German',
      'Verbindung autorisiert: Benutzer=app Datenbank=shop SSL an (Protokoll=TLSv1.3, Verschlüsselungsmethode=X, Bits=256)',
      'connection authorized: user=app database=shop SSL enabled (protocol=TLSv1.3, cipher=X, bits=256)',
    ],
    [
      'Russian',
      'пользователь "app" не прошёл проверку подлинности (по паролю)',
      'password authentication failed for user "app"',
    ],
    ['Chinese', '执行时间: 0.5 ms 执行P_0: select 1', 'duration: 0.5 ms  execute P_0: select 1'],
    ['Swedish', 'ansluting mottagen: värd=192.0.2.7 port=4711', 'connection received: host=192.0.2.7 port=4711'],
    ['Ukrainian', 'оператор: select 1', 'statement: select 1'],
    ['Italian', 'istruzione: select 1', 'statement: select 1'],
    ['Georgian', 'ოპერატორი: select 1', 'statement: select 1'],
    ['Polish', 'odebrano połączenie: host=192.0.2.7 port=4711', 'connection received: host=192.0.2.7 port=4711'],
    [
      'Portuguese',
      'conexão autorizada: usuário=appbanco de dados=shop application_name=a b',
      'connection authorized: user=app database=shop application_name=a b',
    ],
    [
      'Turkish',
      '"app" kullanıcısı için şifre doğrulaması başarısız oldu',
      'password authentication failed for user "app"',
    ],
    ['Indonesian', 'perintah: select 1', 'statement: select 1'],
    [
      'German',
      'Verbindung authentifiziert: Benutzer=»app« Methode=trust (/x/pg_hba.conf:1)',
      'connection authenticated: user="app" method=trust (/x/pg_hba.conf:1)',
    ],
  ])('says in %s: %s', (name, message, english) => {
    expect(speaker(name).message(message)).toBe(english);
  });

  it('leaves what is not known', () => {
    expect(speaker('German').message('Datenbanksystem ist bereit')).toBeUndefined();
  });
});
