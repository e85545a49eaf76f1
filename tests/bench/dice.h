/*
 * dice: numbers that look random and are the same at every run: SplitMix64 (Steele, Lea, Flood 2014).
 */
#ifndef BENCH_DICE_H
#define BENCH_DICE_H

#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

/* Dice of their own for each of many things: the same `seed` and `number` give the same throws. */
struct dice dice_for(uint64_t seed, uint64_t number);

uint64_t dice_throw(struct dice *dice);
/* Below `count`, which is not 0. */
size_t dice_below(struct dice *dice, size_t count);
/* From 0 to below 1. */
double dice_part(struct dice *dice);

/* Puts the first `wanted` of `count` numbers into a random order of all. */
void dice_shuffle(struct dice *dice, uint32_t *numbers, size_t count, size_t wanted);

#endif
