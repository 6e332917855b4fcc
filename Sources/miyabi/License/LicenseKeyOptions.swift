import ArgumentParser
import MiyabiDatabase
import MiyabiHome
import MiyabiOperations
import MiyabiSystem

/// Which keys sign and verify.
struct LicenseKeyOptions: ParsableArguments {
    @OptionGroup var global: GlobalOptions

    @Option(
        help: ArgumentHelp(
            "The directory of the keys.", discussion: "Default: secrets/license-keys in the home.",
            valueName: "directory"),
        completion: .directory)
    var keys: String?

    func directory() throws -> LicenseKeyDirectory {
        if let keys { return LicenseKeyDirectory(path: keys) }
        let home = try global.settings.home
        try home.requireAccess()
        guard home.exists else {
            throw OperationsError(
                .unusableHome, "there is no Miyabi home in \(home)",
                advice: "Create it: miyabi up --detach\nOr name a directory for the keys with --keys.")
        }
        return home.licenseKeys
    }

    /// The same, to be changed.
    func directoryToChange() throws -> LicenseKeyDirectory {
        if keys == nil { try global.settings.home.requireOwner() }
        return try directory()
    }
}

/// Who issues licences, and with which keys.
struct LicenseIssuerOptions: ParsableArguments {
    @OptionGroup var keys: LicenseKeyOptions

    @Option(help: "The issuer to write into the tokens.")
    var issuer = LicenseSigner.defaultIssuer

    func signer() throws -> LicenseSigner {
        LicenseSigner(try keys.directory().signingKey(), issuer: issuer)
    }
}
