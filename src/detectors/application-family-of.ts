/** What is read of a name; a user agent tells its product first. */
const MAX_LENGTH = 128;
/** Ends a product: `shop-api/1.42.0`, `DBeaver 24.1.0 - Main`, `app@host`, `celery: worker`, `Python (linux)`. */
const PRODUCT_END = /[/@:|,;([\]]|\s-\s/;
const SEPARATORS = /[^\p{L}\p{N}]+/u;
const HAS_DIGIT = /\p{N}/u;
/** What Kubernetes appends to the names of pods: five of letters without vowels and digits (apimachinery, `rand.SafeEncodeString`). */
const POD_SUFFIX = /^[bcdfghjklmnpqrstvwxz]{5}$/;
/** Of names that hold nothing but numbers. */
const NUMBER = '#';

/**
 * The application behind a name, whatever its version, instance or pod: `shop-api` of `shop-api/1.42.0` and of
 * `shop-api-7d9f8b6c5-x2k4q`, `tableau` of `Tableau 2024.2`, `azsdk-js-cosmos` of a user agent. Empty for no name.
 */
export function familyOf(name: string): string {
  const text = name.slice(0, MAX_LENGTH).trim().toLowerCase();
  if (text === '') {
    return '';
  }
  const product = text.split(PRODUCT_END).find((part) => part.trim() !== '') ?? '';
  const words = product.split(SEPARATORS).filter((word) => word !== '' && !HAS_DIGIT.test(word));
  if (words.length > 1 && POD_SUFFIX.test(words.at(-1)!)) {
    words.pop();
  }
  return words.join('-') || NUMBER;
}
