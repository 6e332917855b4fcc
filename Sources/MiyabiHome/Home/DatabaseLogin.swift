package import MiyabiSystem

/// Who logs in to the embedded PostgreSQL, beside its superuser (docs/decisions/0036-three-logins.md).
public enum DatabaseLogin: String, Sendable, CaseIterable {
    /// Owns the database and the schema; migrates.
    case owner
    /// What applications use, `DATABASE_URL`: owns nothing and may do nothing but become `anon`, `authenticated`,
    /// `authenticated_own`, `service_role` or `outbox_relay`.
    case application
    /// Sees how the server does, and no data.
    case monitor

    /// The role's name.
    package var role: String {
        switch self {
        case .owner: "miyabi"
        case .application: "miyabi_app"
        case .monitor: "miyabi_monitor"
        }
    }

    fileprivate var passfileName: String {
        switch self {
        case .owner: "pgpass"
        case .application: "application.pgpass"
        case .monitor: "monitor.pgpass"
        }
    }
}

extension MiyabiHome {
    /// The embedded database.
    package static let database = "miyabi_production"

    /// The path of a login's passfile.
    public func passwordFile(of login: DatabaseLogin) -> String { "\(secretsDirectory)/\(login.passfileName)" }

    /// A login's passfile.
    package func password(of login: DatabaseLogin) -> PasswordFile {
        PasswordFile(path: passwordFile(of: login), user: login.role)
    }

    /// A login's address over TCP, with the path of the passfile instead of the password; the application's is
    /// `DATABASE_URL`.
    package func databaseURL(of login: DatabaseLogin = .application, port: Int) -> String {
        let passfile = Self.percentEncoded(passwordFile(of: login))
        return "postgresql://\(login.role)@127.0.0.1:\(port)/\(Self.database)?passfile=\(passfile)"
    }

    /// The application's with the password in it, for drivers that know no passfile. It is a secret.
    package func databaseURLWithPassword(port: Int) -> String? {
        guard let password = (try? password(of: .application).password()) ?? nil else { return nil }
        return "postgresql://\(DatabaseLogin.application.role):\(password)@127.0.0.1:\(port)/\(Self.database)"
    }

    /// Everything but letters, digits and what a path shows anyway is encoded.
    private static func percentEncoded(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF")
        return path.utf8.reduce(into: "") { text, byte in
            if plain.contains(byte) {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
