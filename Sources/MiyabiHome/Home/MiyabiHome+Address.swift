extension MiyabiHome {
    /// The role that owns the embedded database; `DATABASE_URL` is this role.
    package static let ownerRole = "miyabi"
    /// The embedded database.
    package static let database = "miyabi_production"

    /// The passfile of the owner's role.
    package var ownerPassword: PasswordFile { PasswordFile(path: passwordFile, user: Self.ownerRole) }

    /// `DATABASE_URL`: the owner's address over TCP, with the path of the passfile instead of the password.
    package func databaseURL(port: Int) -> String {
        "postgresql://\(Self.ownerRole)@127.0.0.1:\(port)/\(Self.database)?passfile=\(Self.percentEncoded(passwordFile))"
    }

    /// The same with the password in it, for drivers that know no passfile. It is a secret.
    package func databaseURLWithPassword(port: Int) -> String? {
        ownerPassword.password.map { "postgresql://\(Self.ownerRole):\($0)@127.0.0.1:\(port)/\(Self.database)" }
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
