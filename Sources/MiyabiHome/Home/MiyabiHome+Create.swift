import Glibc
public import MiyabiSystem

extension MiyabiHome {
    /// Makes the home and its directories, or checks and mends an existing one.
    ///
    /// Throws `unusableHome` for a directory with other things in it, or of another user.
    package func create(account: ServiceAccount?) throws(OperationsError) {
        try refuseForeign()
        // Root's home must let PostgreSQL's account through to its own directory, but not list or read anything.
        try Files.makeDirectory(path, mode: account == nil ? 0o700 : 0o710)
        // Two may be making it at the same time.
        if let account {
            guard chown(path, 0, account.gid) == 0 else { throw .system("change the group of", path) }
            try Files.changeMode(path, 0o710)
        }
        try Files.create(
            "This directory belongs to Miyabi Database. `miyabi reset` removes it, `miyabi up` makes it again.\n",
            at: marker, mode: 0o644)
        for directory in [dynamoDBDirectory, logDirectory, runDirectory, secretsDirectory] {
            try Files.makeDirectory(directory)
        }
        // Passwords and data have no business in the repository around the home.
        try Files.create("*\n", at: path + "/.gitignore", mode: 0o644)
    }

    private func refuseForeign() throws(OperationsError) {
        guard !path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw OperationsError(
                .unusableHome, "the path \(path.debugDescription) has a control character, which settings cannot hold",
                advice: Self.chooseAnother)
        }
        guard let status = Files.status(path, followingLinks: true) else { return }
        guard status.isDirectory else {
            throw OperationsError(.unusableHome, "\(path) is not a directory", advice: Self.chooseAnother)
        }
        // In this order: the marker is the first that another process puts into its new home.
        let isEmpty = Files.entries(path).isEmpty
        guard isEmpty || exists else {
            throw OperationsError(
                .unusableHome, "\(path) contains other files and is not a Miyabi home", advice: Self.chooseAnother)
        }
        try requireOwner()
    }

    /// Refuses to write into another account's home: what root writes there, the account cannot read.
    ///
    /// - Throws: `unusableHome`.
    public func requireOwner() throws(OperationsError) {
        guard let status = Files.status(path, followingLinks: true), status.owner != geteuid() else { return }
        throw OperationsError(
            .unusableHome,
            "\(path) belongs to user \(Self.userName(status.owner)), and this is \(Self.userName(geteuid()))",
            advice: "Run miyabi as that user, or choose another directory with --home or MIYABI_HOME.")
    }

    /// Refuses a home that this account cannot look into, rather than telling that nothing is there. Root may look.
    ///
    /// - Throws: `unusableHome`; `system` where not even its owner can be seen.
    public func requireAccess() throws(OperationsError) {
        if access(path, F_OK) != 0, errno == EACCES { throw .system("look for", path) }
        if geteuid() != 0 { try requireOwner() }
    }

    private static let chooseAnother = "Choose another directory with --home or MIYABI_HOME."

    private static func userName(_ uid: uid_t) -> String {
        guard let entry = getpwuid(uid) else { return String(uid) }
        return String(cString: entry.pointee.pw_name)
    }
}
