package import Glibc

/// The unprivileged account that PostgreSQL runs under when Miyabi is started as root, which PostgreSQL refuses to run as.
package struct ServiceAccount: Sendable, Equatable {
    package let name: String
    package let uid: uid_t
    package let gid: gid_t

    /// Nil when this process is not root: PostgreSQL then runs as the same user as Miyabi.
    package static func required() throws(OperationsError) -> ServiceAccount? {
        guard geteuid() == 0 else { return nil }
        guard let account = ServiceAccount(named: "postgres") else {
            throw OperationsError(
                .missingProgram, "PostgreSQL does not run as root, and there is no account 'postgres' to run it under",
                advice: "Debian's package creates the account: apt-get install postgresql-15\n"
                    + "Or run miyabi as an ordinary user.")
        }
        return account
    }

    package init?(named name: String) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        self.name = name
        uid = entry.pw_uid
        gid = entry.pw_gid
    }
}
