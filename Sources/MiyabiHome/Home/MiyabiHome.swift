public import FoundationEssentials
import Glibc
public import MiyabiSystem

/// The directory that holds everything of one embedded environment: `.miyabi/` in the current directory, or `MIYABI_HOME`.
///
/// ```
/// .miyabi/
///   miyabi-home       marks the directory as a home; `miyabi reset` touches nothing without it
///   env               how to connect, as the shell and .env files read it
///   postgres/         the cluster: data/, log/, run/ (the Unix socket); as root it can be a link, see ClusterLocation
///   dynamodb/         the engine's files
///   logs/             miyabi.log (of `up --detach`), initdb.log
///   run/              lock, state.json
///   secrets/          passwords, a file for each login in libpq's passfile format; the engine's access key, in AWS's
///                     credentials format; license-keys/, once there are any; tls/, the keys of the local authority and
///                     of the servers
///   tls/              the certificate of the local authority, for clients
/// ```
/// Only its owner may enter it: mode 0700. When root owns it, the account of PostgreSQL may pass through (0710).
public struct MiyabiHome: Sendable, Hashable, CustomStringConvertible {
    /// The absolute path.
    public let path: String

    /// A home at this path, relative to the current directory; nothing is read or made.
    public init(path: String) {
        let current = FileManager.default.currentDirectoryPath
        self.path = Self.normalise(path.hasPrefix("/") ? path : "\(current)/\(path)")
    }

    /// The home that a command means: `--home`, else `MIYABI_HOME`, else `.miyabi` in the current directory.
    public static func locate(
        option: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> MiyabiHome {
        let named = [option, environment["MIYABI_HOME"]].compactMap { $0 }.first { !$0.isEmpty }
        return MiyabiHome(path: named ?? ".miyabi")
    }

    /// The path.
    public var description: String { path }
    /// Where the PostgreSQL cluster is, or the link to it.
    public var postgresDirectory: String { path + "/postgres" }
    /// The DynamoDB engine's directory.
    public var dynamoDBDirectory: String { path + "/dynamodb" }
    /// The logs of the supervisor and of set-up; PostgreSQL's own log is in `postgres/log`.
    public var logDirectory: String { path + "/logs" }
    /// The supervisor's lock and state.
    public var runDirectory: String { path + "/run" }
    /// The passwords.
    public var secretsDirectory: String { path + "/secrets" }
    /// How to connect, line by line as a shell or a `.env` file takes it.
    public var environmentFile: String { path + "/env" }
    /// The log of a detached supervisor.
    public var supervisorLog: String { logDirectory + "/miyabi.log" }
    /// The credentials file of the embedded DynamoDB, to which `AWS_SHARED_CREDENTIALS_FILE` points.
    public var credentialsPath: String { "\(secretsDirectory)/\(Self.credentialsName)" }

    /// What clients need to trust the servers of this home, if they speak TLS.
    public var tlsDirectory: String { "\(path)/\(Self.tlsName)" }
    /// The private keys for TLS.
    package var tlsSecretsDirectory: String { "\(secretsDirectory)/\(Self.tlsName)" }

    package static let tlsName = "tls"
    package static let credentialsName = "aws-credentials"

    package var credentials: CredentialsFile { CredentialsFile(path: credentialsPath) }
    package var superuserPasswordFile: String { secretsDirectory + "/superuser.pgpass" }
    package var marker: String { path + "/miyabi-home" }
    /// Stands in a home whose restore is not finished.
    package var restoreMark: String { path + "/restoring" }
    /// What point-in-time recovery was asked for, while it is on.
    package var recoveryFile: String { path + "/recovery.json" }
    /// Changed by every drill that found a backup good.
    package var lastDrill: String { path + "/last-drill" }
    package var lockFile: String { runDirectory + "/lock" }
    /// Held by the one `up --detach` that is starting a supervisor.
    package var startLockFile: String { runDirectory + "/start.lock" }
    package var stateFile: String { runDirectory + "/state.json" }

    /// Whether the directory is one that Miyabi made.
    public var exists: Bool { Files.exists(marker) }

    /// 12 hexadecimal digits that stand for this home where its path is too long or cannot be used (FNV-1a).
    package var shortHash: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in (Files.resolve(path) ?? path).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String((String(repeating: "0", count: 16 - digits.count) + digits).prefix(12))
    }

    /// Removes ".", ".." and doubled slashes, so that one home has one name whether or not it exists yet.
    private static func normalise(_ path: String) -> String {
        var components: [Substring] = []
        for component in path.split(separator: "/") {
            switch component {
            case ".": continue
            case "..": _ = components.popLast()
            default: components.append(component)
            }
        }
        return "/" + components.joined(separator: "/")
    }
}

extension MiyabiHome {
    /// Makes the home and its directories, or checks and mends an existing one.
    ///
    /// Throws `unusableHome` for a directory with other things in it, or of another user.
    package func create(account: ServiceAccount?) throws(OperationsError) {
        try refuseForeign()
        try refuseReplaceable()
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

    /// Refuses a place where another account can put something else under the home's name at any moment: what this account
    /// would then write, change or remove is what that account chooses.
    ///
    /// Root trusts root's directories only. Others trust whom they share a directory with, but not everybody.
    private func refuseReplaceable() throws(OperationsError) {
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        for start in [Files.resolve(path), Self.nearest(parent)].compactMap({ $0 }) {
            var directory = start
            while true {
                if directory != start || start != path, let status = Files.status(directory.isEmpty ? "/" : directory) {
                    let isSticky = status.mode & S_ISVTX != 0
                    let isForeign = geteuid() == 0 && status.owner != 0
                    let isOpen = status.mode & (geteuid() == 0 && status.group != 0 ? 0o022 : 0o002) != 0 && !isSticky
                    if isForeign || isOpen {
                        let who =
                            isForeign ? "belongs to \(Self.userName(status.owner))" : "can be changed by other accounts"
                        throw OperationsError(
                            .unusableHome,
                            "\(directory) \(who), who could put something else in the place of \(path)",
                            advice: (isForeign
                                ? "Run miyabi as \(Self.userName(status.owner)), or choose"
                                : "Close it (chmod go-w \(directory)), or choose")
                                + " a directory of your own with --home or MIYABI_HOME.")
                    }
                }
                if directory.isEmpty || directory == "/" { break }
                directory = String(directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)])
            }
        }
    }

    /// A directory with its links resolved, or the nearest above it that is there.
    private static func nearest(_ directory: String) -> String? {
        var directory = directory
        while !directory.isEmpty {
            if let resolved = Files.resolve(directory) { return resolved }
            directory = String(directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)])
        }
        return "/"
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
