// What glibc's <spawn.h> has since 2.34 and shows only where its extensions are asked for, which Swift does not do.
#include <spawn.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
