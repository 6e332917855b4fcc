import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// `miyabi tls`.
struct TLSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tls",
        abstract: "Show the certificates by which the embedded halves speak TLS (`miyabi up --tls`).",
        discussion: """
            At the first `miyabi up --tls` the home makes a certificate authority of its own. Its key stays in the home, in no \
            backup either. The servers' certificate lasts 90 days, and is renewed without a restart 30 days before it ends.

            Clients on this machine find the authority by the lines that `miyabi up` prints. For other machines, and for \
            programs with a setting of their own:
              miyabi tls ca > authority.pem
            """,
        subcommands: [TLSAuthorityCommand.self, TLSStatusCommand.self, TLSRenewCommand.self],
        defaultSubcommand: TLSStatusCommand.self)
}

/// `miyabi tls ca`.
struct TLSAuthorityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ca",
        abstract: "Print the certificate of the authority that clients have to trust, in PEM.")

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Print the path of its file instead.")
    var path = false

    func run() throws {
        let authority = try global.authorityPath(try global.certificates)
        if path { return try Console.result(authority) }
        try Console.result(String(contentsOfFile: authority, encoding: .utf8), terminator: "")
    }
}

/// `miyabi tls status`.
struct TLSStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what the certificate says: names, number, end.",
        discussion: "It says, too, whether what runs in the home speaks TLS. Exit code 1 if there is no certificate.")

    @OptionGroup var global: GlobalOptions

    struct Report: Encodable {
        let inUse: Bool
        let certificate: CertificateDescription
        let authority: CertificateDescription?
        let authorityPath: String
    }

    func run() throws {
        let store = try global.certificates
        guard let served = try store.served() else { throw NoCertificate(home: try global.settings.home.path) }
        let state = try EnvironmentState.current(of: global.settings.home)
        let path = try global.authorityPath(store)
        let report = Report(
            inUse: state?.tls != nil, certificate: served,
            authority: path == store.localAuthorityPath ? try CertificateDescription(ofFile: path) : nil,
            authorityPath: path)
        if global.json { return try Console.json(report) }
        let use = state == nil ? "nothing is running" : report.inUse ? "both embedded halves" : "nobody: TLS is off"
        var lines = [
            ("used by", use), ("subject", served.subject), ("names", served.names.joined(separator: ", ")),
            ("number", served.serial), ("begins", served.begins.formatted(.iso8601)),
            ("ends", served.ends.formatted(.iso8601)), ("issuer", served.issuer),
        ]
        if let authority = report.authority {
            lines += [("authority", report.authorityPath), ("its end", authority.ends.formatted(.iso8601))]
        }
        for (name, value) in lines {
            try Console.result(name + String(repeating: " ", count: 11 - name.count) + value)
        }
    }
}

/// `miyabi tls renew`.
struct TLSRenewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Replace the certificate now; what runs shows the new one to new connections, without a restart.",
        discussion:
            "For a key that somebody else may have seen. The authority stays. A certificate that was given is read again."
    )

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let store = try global.certificates
        let home = try global.settings.home
        guard let before = try store.served() else { throw NoCertificate(home: home.path) }
        try home.requireOwner()
        try store.dropServed()
        guard try EnvironmentState.current(of: home)?.tls != nil else {
            return Console.error("miyabi: the next `miyabi up --tls` makes another certificate")
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if let served = try store.served() {
                Console.error(
                    "miyabi: \(served.serial == before.serial ? "read again" : "renewed"): number \(served.serial)")
                return
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw OperationsError(
            .certificate, "the running miyabi has not made another certificate",
            advice: "Look into its log: miyabi logs")
    }
}

/// The home has never spoken TLS.
private struct NoCertificate: Error, CustomStringConvertible {
    let home: String
    var description: String { "\(home) has no certificate: start it with TLS, by `miyabi up --tls`" }
}

extension GlobalOptions {
    /// The file of what clients have to trust: of what runs, else of the settings.
    fileprivate func authorityPath(_ store: CertificateStore) throws -> String {
        try EnvironmentState.current(of: settings.home)?.tls?.authority ?? store.authorityPath
    }

    /// The certificates of the home: those of what runs in it, if anything does.
    fileprivate var certificates: CertificateStore {
        get throws {
            let settings = try settings
            try settings.home.requireAccess()
            let store = CertificateStore(settings)
            guard FileManager.default.fileExists(atPath: store.serverPath) else {
                throw NoCertificate(home: settings.home.path)
            }
            return store
        }
    }
}
