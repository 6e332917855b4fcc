import Glibc
public import MiyabiHome
public import MiyabiSystem
public import Postgres

/// psql on a home's PostgreSQL, in the place of this process.
public struct PsqlProgram: Sendable {
    private let path: String

    /// Finds psql: in `MIYABI_POSTGRES_BIN`, else Debian's newest, else on the `PATH`.
    ///
    /// - Throws: `missingProgram`, saying what to install.
    public init(_ settings: Settings, debianRoot: String = "/usr/lib/postgresql") throws(OperationsError) {
        let directories =
            (settings.postgresBinaries.map { [$0] } ?? [])
            + PostgresBinaries.directories(path: settings.path, debianRoot: debianRoot) { _ in
                settings.postgresBinaries == nil
            }
        let found = directories.first { directory in access("\(directory)/psql", X_OK) == 0 }
        guard let found else {
            throw OperationsError(
                .missingProgram, "psql is not installed", advice: "apt-get install postgresql-client-15")
        }
        path = "\(found)/psql"
    }

    /// Becomes psql: its signals, its terminal and its exit code are then this process's.
    ///
    /// - Parameters:
    ///   - configuration: The server and the role. No secret in it is seen among the arguments.
    ///   - arguments: What psql itself is to do.
    /// - Throws: `system`; otherwise it does not return.
    public func replaceProcess(
        connectingTo configuration: PostgresConfiguration, arguments: [String]
    ) throws(OperationsError) -> Never {
        let (conninfo, password) = configuration.forProgram
        // psql needs none of them, and what it starts (\\!, the editor, the pager) even less.
        for variable in Variable.allCases where variable.isSecret { unsetenv(variable.name) }
        if let password { try Self.lend(password) }
        // What this process ignores or holds back, and threads of Swift's runtime do, psql would, too.
        signal(SIGPIPE, SIG_DFL)
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        ProcessPrivacy.giveBackMask()
        // `-d` before the rest: a bare word among the arguments is then still a user for psql, as its manual says.
        var argv = ([path, "-d", conninfo] + arguments).map { strdup($0) } + [nil]
        execv(path, &argv)
        throw .system("run", path)
    }

    /// Hands a password to libpq as a passfile that is on no disk. An environment would be everybody's that psql starts.
    private static func lend(_ password: String) throws(OperationsError) {
        let escaped = password.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
        let descriptor = try Files.inMemory("*:*:*:*:\(escaped)\n")
        unsetenv("PGPASSWORD")
        setenv("PGPASSFILE", "/proc/self/fd/\(descriptor)", 1)
    }
}
