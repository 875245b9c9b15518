/**
 * The language of money and identity numbers: how amounts are written, which numbers can be right,
 * and how everything that names a customer is hidden before anybody sees it.
 *
 * Whatever reaches a trace, a journal or a screen goes through the masks here. They show enough to
 * tell two customers apart at the counter and never enough to use (JR/T 0171-2020, category C2).
 *
 * @module
 */
export { formatYuan, formatYuanShort } from "./amount.ts";
export { maskIdNumber, maskMessage, maskNumber, maskPan, maskPhone } from "./mask.ts";
export { idCheckCharacter, isIdNumber, isPhoneNumber, luhnDigit } from "./number.ts";
