// libpq's public header, whose folder comes from pkg-config, and the system calls that drive its sockets: Swift's
// Glibc module has neither epoll nor eventfd.
#include <libpq-fe.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

/// Names the calling thread for debuggers and `top`; Linux keeps 15 bytes. (prctl is variadic, which Swift cannot call.)
static inline void clibpq_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
