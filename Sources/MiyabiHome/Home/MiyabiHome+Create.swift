import Glibc
package import MiyabiSystem

extension MiyabiHome {
    /// Makes the home and its directories, or checks and mends an existing one.
    ///
    /// Throws `unusableHome` for a directory with other things in it, or of another user.
    package func create(account: ServiceAccount?) throws(OperationsError) {
        try refuseForeign()
        // Root's home must let PostgreSQL's account through to its own directory, but not list or read anything.
        try Files.makeDirectory(path, mode: account == nil ? 0o700 : 0o710)
        if let account {
            guard chown(path, 0, account.gid) == 0 else { throw .system("change the group of", path) }
            try Files.changeMode(path, 0o710)
        }
        for directory in [dynamoDBDirectory, logDirectory, runDirectory, secretsDirectory] {
            try Files.makeDirectory(directory)
        }
        // Passwords and data have no business in the repository around the home.
        if !Files.exists(path + "/.gitignore") { try Files.write("*\n", to: path + "/.gitignore", mode: 0o644) }
        if !exists {
            try Files.write(
                "This directory belongs to Miyabi Database. `miyabi reset` removes it, `miyabi up` makes it again.\n",
                to: marker, mode: 0o644)
        }
    }

    private func refuseForeign() throws(OperationsError) {
        guard let status = Files.status(path, followingLinks: true) else { return }
        guard status.isDirectory else {
            throw OperationsError(.unusableHome, "\(path) is not a directory", advice: Self.chooseAnother)
        }
        guard exists || Files.entries(path).isEmpty else {
            throw OperationsError(
                .unusableHome, "\(path) contains other files and is not a Miyabi home", advice: Self.chooseAnother)
        }
        guard status.owner == geteuid() else {
            throw OperationsError(
                .unusableHome,
                "\(path) belongs to user \(Self.userName(status.owner)), and this is \(Self.userName(geteuid()))",
                advice: "Run miyabi as that user, or choose another directory with --home or MIYABI_HOME.")
        }
    }

    private static let chooseAnother = "Choose another directory with --home or MIYABI_HOME."

    private static func userName(_ uid: uid_t) -> String {
        guard let entry = getpwuid(uid) else { return String(uid) }
        return String(cString: entry.pointee.pw_name)
    }
}
