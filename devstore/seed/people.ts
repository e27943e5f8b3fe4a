/** Names and places that believable customers are made of. Addresses are at example.com, which is nobody's. */
export const firstNames = (
  'Anna Ben Clara David Elif Felix Greta Hannes Ida Jonas Katharina Leon Marlene Niklas Olivia Paul ' +
  'Rosa Samir Theresa Uwe Vera Wim Yara Zoe Amelie Bruno Carlotta Daan Emma Fatima Giulia Hugo Ines ' +
  'Jakub Kenji Lena Mateo Nora Oskar Petra Quentin Ravi Sofia Tobias Ursula Valentin Wanda Xavier ' +
  'Aisha Bram Chloé Dmitri Esther Finn Gwen Henrik Irina Joana Karim Lucía'
).split(' ');

export const lastNames = (
  'Albrecht Bauer Cohen Dubois Eriksen Fischer Garcia Hansen Ito Janssen Kowalski Lehmann Moreau ' +
  'Novak Okafor Petersen Richter Santos Tanaka Ullmann Vogel Weber Yilmaz Zimmermann Andersson Becker ' +
  'Castillo Dietrich Engel Ferrari Graf Hoffmann Ivanova Jung Keller Lindgren Meyer Nguyen Olsen Pohl ' +
  'Romano Schäfer Thomsen Urban Visser Winkler Arslan Brandt Costa Demir'
).split(' ');

export type Place = {
  city: string;
  zip: string;
  street: string;
  province: string | null;
  provinceCode: string | null;
  country: string;
  countryCode: string;
  locale: string;
  currency: 'EUR' | 'USD';
};

function place(
  line: `${string}|${string}|${string}|${string}|${string}`,
  province?: [string, string],
): Place {
  const [city = '', zip = '', street = '', country = '', countryCode = ''] = line.split('|');
  const locale = ['DE', 'AT'].includes(countryCode) ? 'de' : 'en';
  return {
    city,
    zip,
    street,
    province: province?.[0] ?? null,
    provinceCode: province?.[1] ?? null,
    country,
    countryCode,
    locale,
    currency: countryCode === 'US' ? 'USD' : 'EUR',
  };
}

export const places: Place[] = [
  place('Berlin|10437|Kastanienallee|Germany|DE'),
  place('Hamburg|22767|Große Bergstraße|Germany|DE'),
  place('Leipzig|04229|Karl-Heine-Straße|Germany|DE'),
  place('München|80469|Hans-Sachs-Straße|Germany|DE'),
  place('Köln|50674|Aachener Straße|Germany|DE'),
  place('Freiburg|79100|Goethestraße|Germany|DE'),
  place('Wien|1070|Neubaugasse|Austria|AT'),
  place('Amsterdam|1013|Haarlemmerdijk|Netherlands|NL'),
  place('Utrecht|3511|Twijnstraat|Netherlands|NL'),
  place('Paris|75011|Rue Oberkampf|France|FR'),
  place('Madrid|28004|Calle del Pez|Spain|ES'),
  place('Dublin|D08|Francis Street|Ireland|IE'),
  place('Portland|97214|SE Division Street|United States|US', ['Oregon', 'OR']),
  place('Brooklyn|11211|Bedford Avenue|United States|US', ['New York', 'NY']),
  place('Austin|78704|South Congress Avenue|United States|US', ['Texas', 'TX']),
];
