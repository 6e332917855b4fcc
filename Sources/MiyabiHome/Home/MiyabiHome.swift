public import FoundationEssentials
import Glibc
import MiyabiSystem

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
///   secrets/          passwords, in libpq's passfile format; license-keys/, once there are any
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
    /// The passfile of the role `miyabi`, to which `DATABASE_URL` points.
    public var passwordFile: String { secretsDirectory + "/pgpass" }

    package var superuserPasswordFile: String { secretsDirectory + "/superuser.pgpass" }
    package var marker: String { path + "/miyabi-home" }
    /// Stands in a home whose restore is not finished.
    package var restoreMark: String { path + "/restoring" }
    /// What point-in-time recovery was asked for, while it is on.
    package var recoveryFile: String { path + "/recovery.json" }
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
