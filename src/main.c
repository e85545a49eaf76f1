#include <stdio.h>

int main(void)
{
    fputs("lectern: the reader is being built\n", stderr);
    return 2;
}
