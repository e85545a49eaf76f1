#include "dice.h"

#define STEP 0x9e3779b97f4a7c15u

static uint64_t mixed(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct dice dice_for(uint64_t seed, uint64_t number)
{
    return (struct dice){mixed(mixed(seed + STEP) + number * STEP)};
}

uint64_t dice_throw(struct dice *dice)
{
    dice->state += STEP;
    return mixed(dice->state);
}

size_t dice_below(struct dice *dice, size_t count)
{
    return (size_t)(dice_throw(dice) % count);
}

double dice_part(struct dice *dice)
{
    return (double)(dice_throw(dice) >> 11) * 0x1p-53;
}

void dice_shuffle(struct dice *dice, uint32_t *numbers, size_t count, size_t wanted)
{
    for (size_t i = 0; i < wanted && i + 1 < count; i++) {
        size_t other = i + dice_below(dice, count - i);
        uint32_t number = numbers[i];
        numbers[i] = numbers[other];
        numbers[other] = number;
    }
}
