// What glibc has and shows only where its extensions are asked for, which Swift does not do.
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// glibc's <spawn.h> has it since 2.34.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

int memfd_create(const char *name, unsigned int flags);

// The account by which the kernel judges this thread's work with files; the process keeps its own.
int setfsuid(uid_t uid);
int setfsgid(gid_t gid);

// glibc's setgroups changes every thread of the process, the system call only the one that calls.
long syscall(long number, ...);
static inline int miyabi_set_thread_groups(int count, const gid_t *groups) {
    return (int)syscall(SYS_setgroups, (long)count, groups);
}

int prctl(int option, ...);
// PR_SET_DUMPABLE: no core file of this process, and no other process of the same account looks into it.
static inline int miyabi_forbid_dumps(void) { return prctl(4, 0UL, 0UL, 0UL, 0UL); }
