package import MiyabiSystem

/// A passfile in libpq's format (one line an address: `host:port:database:user:password`), which is also where Miyabi keeps
/// the password. Clients find it by `passfile=` in the URL, so that no password is printed, copied or seen in `ps`.
///
/// <https://www.postgresql.org/docs/current/libpq-pgpass.html>
package struct PasswordFile: Sendable {
    package let path: String
    package let user: String

    package init(path: String, user: String) { (self.path, self.user) = (path, user) }

    /// The password in the file, or nil where there is no such file.
    ///
    /// - Throws: `system` for a file that others may read or write: libpq would ignore it, and others may know the password.
    package func password() throws(OperationsError) -> String? {
        guard let text = try Files.readSecret(path) else { return nil }
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if let colon = line.lastIndex(of: ":") { return String(line[line.index(after: colon)...]) }
        }
        return nil
    }

    /// Writes the file for a server's addresses; they are spelled out, so that no other server is ever sent the password.
    package func write(password: String, port: Int, socketDirectory: String) throws(OperationsError) {
        let socket = socketDirectory.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
        let lines = ["127.0.0.1", "localhost", socket].map { "\($0):\(port):*:\(user):\(password)\n" }
        try Files.write(lines.joined(), to: path)
    }
}
