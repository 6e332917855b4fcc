import Glibc

/// The authorities of Amazon RDS by name: `sslrootcert=rds`.
///
/// <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html>
enum RDSAuthorities {
    static let name = "rds"
    private static let file = "global-bundle.pem"
    static let source = "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem"

    /// Where the file is looked for, in this order.
    static var usualPlaces: [String] {
        let own = getenv("HOME").map { [String(cString: $0) + "/.postgresql/\(file)"] } ?? []
        return own + ["/etc/ssl/certs/\(file)", "/usr/local/share/ca-certificates/\(file)", "/certs/\(file)"]
    }

    /// Puts the file's path in the place of the name.
    static func resolve(_ options: TransportRule.Options, _ places: [String]?) throws -> TransportRule.Options {
        guard options.contains(where: { $0.keyword == "sslrootcert" && $0.value == name }) else { return options }
        let places = places ?? usualPlaces
        guard let path = places.first(where: { access($0, R_OK) == 0 }) else {
            throw PostgresError(
                .invalidConfiguration,
                "sslrootcert=rds needs the authorities of Amazon RDS in one of \(places.joined(separator: ", ")): "
                    + "get the file from \(source), or name it in MIYABI_RDS_CA")
        }
        return options.map { $0.keyword == "sslrootcert" && $0.value == name ? ($0.keyword, path) : $0 }
    }
}
