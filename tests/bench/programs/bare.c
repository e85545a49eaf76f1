/* bare: the least that a program with ncurses does: one full screen, then a letter anywhere changes one line, q ends. */
#include <locale.h>
#include <ncurses.h>

int main(void)
{
    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    for (int key = 'a'; key != 'q' && key != ERR; key = getch()) {
        for (int row = 0; row < LINES; row++)
            for (int column = 0; column < COLS - 1; column++)
                mvaddch(row, column, (chtype)('a' + (row + column + (row ? 0 : key)) % 26));
        refresh();
    }
    endwin();
    return 0;
}
