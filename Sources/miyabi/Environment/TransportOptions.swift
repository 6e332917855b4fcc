import ArgumentParser
import Foundation
import MiyabiHome
import MiyabiOperations

/// The files of a certificate that somebody else's authority has issued.
struct CertificateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Use this certificate (PEM, with its chain) instead of one of the local authority.", valueName: "file"),
        completion: .file())
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The key of --tls-certificate (PEM).", valueName: "file"), completion: .file())
    var tlsKey: String?

    @Option(
        help: ArgumentHelp(
            "The authority of --tls-certificate (PEM), for clients; by default one that the system trusts.",
            valueName: "file"),
        completion: .file())
    var tlsAuthority: String?

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("Use --tls-certificate together with --tls-key.")
        }
        guard tlsAuthority == nil || tlsCertificate != nil else {
            throw ValidationError("--tls-authority has no meaning without --tls-certificate.")
        }
    }

    /// The files, if they are named.
    var files: TLSSettings.Files? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return TLSSettings.Files(
            certificate: Self.absolute(tlsCertificate), key: Self.absolute(tlsKey),
            authority: tlsAuthority.map(Self.absolute))
    }

    /// As a command line for the same.
    var arguments: [String] {
        guard let files else { return [] }
        let authority = files.authority.map { ["--tls-authority", $0] } ?? []
        return ["--tls-certificate", files.certificate, "--tls-key", files.key] + authority
    }

    private static func absolute(_ path: String) -> String { URL(filePath: path).absoluteURL.path }
}

/// How the embedded halves are reached.
struct TransportOptions: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Speak TLS 1.2 and 1.3, and nothing else over TCP.", discussion: "Default: $MIYABI_TLS, or --no-tls."))
    var tls: Bool?

    @OptionGroup var certificate: CertificateOptions

    @Option(
        help: ArgumentHelp(
            "Listen on this IP address, too; 0.0.0.0 for all. Needs --tls.",
            discussion: "Default: $MIYABI_LISTEN, or 127.0.0.1 only.", valueName: "address"))
    var listen: String?

    func validate() throws {
        if let listen, !TLSSettings.isAddress(listen) {
            throw ValidationError("--listen must be an IP address of this machine, or 0.0.0.0 for all.")
        }
        guard tls != false || certificate.files == nil else {
            throw ValidationError("--tls-certificate has no meaning with --no-tls.")
        }
    }

    /// The command line wins over the environment, as a whole.
    func apply(to settings: inout Settings) throws {
        if let files = certificate.files { (settings.tls.files, settings.tls.isOn) = (files, true) }
        if let tls { settings.tls.isOn = tls }
        if let listen { settings.tls.listen = listen }
    }

    /// As a command line for the same.
    var arguments: [String] {
        certificate.arguments + (tls.map { [$0 ? "--tls" : "--no-tls"] } ?? [])
            + (listen.map { ["--listen", $0] } ?? [])
    }
}
