import Foundation
import Testing

/// Makes the system calls of a server on its data directory fail, as a disk does, for as long as the test wants.
///
/// A library that is loaded before the others stands between the server and the C library; a file tells it what fails.
struct FaultyDisk {
    /// The calls that fail, and how.
    struct Fault: Sendable, CustomTestStringConvertible {
        let calls: [String]
        let error: Int32

        var testDescription: String { "\(calls.joined(separator: ", ")): \(String(cString: strerror(error)))" }
    }

    private let library: String
    private let control: String
    private let data: String

    init(in workspace: Workspace) throws {
        library = workspace.path + "/faults.so"
        control = workspace.path + "/faults"
        data = workspace.data
        let source = workspace.path + "/faults.c"
        try Self.source.write(toFile: source, atomically: true, encoding: .utf8)
        let compiler = try Process.run(
            URL(filePath: "/usr/bin/env"), arguments: ["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"])
        compiler.waitUntilExit()
        try #require(compiler.terminationStatus == 0)
    }

    /// For `Server.run`.
    var wrapper: [String] { ["LD_PRELOAD=\(library)", "FAULT_CONTROL=\(control)", "FAULT_DIRECTORY=\(data)"] }

    func begin(_ fault: Fault) throws {
        try "\(fault.error) \(fault.calls.joined(separator: " ")) ".write(
            toFile: control, atomically: true, encoding: .utf8)
    }

    func end() throws {
        try FileManager.default.removeItem(atPath: control)
    }

    private static let source = #"""
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <limits.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        /* Whether a call on a file is to fail now; sets errno. The control file: "<errno> <call> <call> ". */
        static int fails(const char *call, const char *path) {
            const char *directory = getenv("FAULT_DIRECTORY"), *control = getenv("FAULT_CONTROL");
            if (!directory || !control || strncmp(path, directory, strlen(directory)) != 0) return 0;
            int saved = errno;
            int file = (int)syscall(SYS_openat, AT_FDCWD, control, O_RDONLY | O_CLOEXEC, 0);
            if (file < 0) { errno = saved; return 0; }
            char text[256];
            long count = syscall(SYS_read, file, text, sizeof text - 1);
            syscall(SYS_close, file);
            errno = saved;
            if (count <= 0) return 0;
            text[count] = 0;
            char name[32];
            snprintf(name, sizeof name, " %s ", call);
            if (!strstr(text, name)) return 0;
            errno = atoi(text);
            return 1;
        }

        static int failsOn(const char *call, int file) {
            char link[64], path[PATH_MAX];
            snprintf(link, sizeof link, "/proc/self/fd/%d", file);
            int saved = errno;
            long count = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
            errno = saved;
            if (count <= 0) return 0;
            path[count] = 0;
            return fails(call, path);
        }

        #define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

        ssize_t write(int file, const void *bytes, size_t count) {
            REAL(write);
            return failsOn("write", file) ? -1 : real(file, bytes, count);
        }
        ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
            REAL(pwrite);
            return failsOn("write", file) ? -1 : real(file, bytes, count, offset);
        }
        ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
            REAL(pwrite64);
            return failsOn("write", file) ? -1 : real(file, bytes, count, offset);
        }
        int fdatasync(int file) {
            REAL(fdatasync);
            return failsOn("sync", file) ? -1 : real(file);
        }
        int fsync(int file) {
            REAL(fsync);
            return failsOn("sync", file) ? -1 : real(file);
        }
        static int mode_of(int flags, va_list arguments) {
            return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, int) : 0;
        }
        int open(const char *path, int flags, ...) {
            REAL(open);
            va_list arguments;
            va_start(arguments, flags);
            int mode = mode_of(flags, arguments);
            va_end(arguments);
            return fails("open", path) ? -1 : real(path, flags, mode);
        }
        int open64(const char *path, int flags, ...) {
            REAL(open64);
            va_list arguments;
            va_start(arguments, flags);
            int mode = mode_of(flags, arguments);
            va_end(arguments);
            return fails("open", path) ? -1 : real(path, flags, mode);
        }
        """#
}
