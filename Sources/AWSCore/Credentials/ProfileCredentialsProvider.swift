/// Credentials of a profile in the files that the AWS command line keeps, `~/.aws/credentials` and `~/.aws/config`.
///
/// A profile holds an access key, or a role (`role_arn`) that is taken on through AWS's Security Token Service with the
/// credentials of another profile (`source_profile`), of the environment, the container or the instance
/// (`credential_source`), or with a token (`web_identity_token_file`). Single sign-on, programs that print credentials
/// and codes that a person types (`sso_session`, `credential_process`, `mfa_serial`) are refused by name.
///
/// Source: AWS, "Shared config and credentials files" and "Assume role credential provider" in the AWS SDKs and tools
/// reference guide.
public struct ProfileCredentialsProvider: CredentialsProvider {
    private let profile: String?
    private let environment: [String: String]

    /// Reads the files anew at each call.
    ///
    /// - Parameters:
    ///   - profile: The profile; nil for `AWS_PROFILE`, or else `default`.
    ///   - environment: The environment, for `AWS_PROFILE`, `AWS_SHARED_CREDENTIALS_FILE`, `AWS_CONFIG_FILE` and `HOME`;
    ///     nil for the process's own.
    public init(profile: String? = nil, environment: [String: String]? = nil) {
        let environment = environment ?? Platform.environment
        self.profile = profile ?? environment.value("AWS_PROFILE")
        self.environment = environment
    }

    /// The profile's credentials.
    public func credentials() async throws -> Credentials {
        let files = SharedFiles(environment: environment)
        guard profile != nil || files.profile("default") != nil else {
            throw AWSError.unavailable("no profile 'default' in \(files.credentialsPath) or \(files.configPath)")
        }
        return try await credentials(of: profile ?? "default", in: files, reachedFrom: [])
    }

    private func credentials(
        of name: String, in files: SharedFiles, reachedFrom path: [String]
    ) async throws -> Credentials {
        guard let settings = files.profile(name) else {
            // Who named the profile wants this one and no other's credentials.
            throw AWSError.refused(
                "There is no profile '\(name)' in \(files.credentialsPath) or \(files.configPath)")
        }
        guard let arn = settings["role_arn"], path.last != name else { return try key(settings, name, files) }
        guard !path.contains(name) else {
            throw AWSError.refused(
                "The profiles lead in a circle: " + (path + [name]).joined(separator: ", "))
        }
        if settings["mfa_serial"] != nil { throw unsupported("mfa_serial", name) }
        let role = Role(
            arn: arn, session: settings["role_session_name"], externalID: settings["external_id"],
            seconds: settings["duration_seconds"])
        let service = SecurityTokenService(environment: environment, region: settings["region"])
        if let file = settings["web_identity_token_file"] { return try await service.assume(role, withTokenIn: file) }
        let source =
            if let other = settings["source_profile"] {
                try await credentials(of: other, in: files, reachedFrom: path + [name])
            } else {
                try await self.source(settings["credential_source"], name).credentials()
            }
        return try await service.assume(role, as: source)
    }

    private func key(
        _ settings: [String: String], _ name: String, _ files: SharedFiles
    ) throws(AWSError) -> Credentials {
        switch (settings["aws_access_key_id"], settings["aws_secret_access_key"]) {
        case (let id?, let secret?):
            return Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: settings["aws_session_token"])
        case (nil, nil):
            for setting in ["sso_session", "sso_start_url", "credential_process"] where settings[setting] != nil {
                throw unsupported(setting, name)
            }
            throw .unavailable("profile '\(name)' holds no access key (\(files.credentialsPath))")
        default:
            throw .refused(
                "Profile '\(name)' of \(files.credentialsPath) lacks aws_access_key_id or aws_secret_access_key")
        }
    }

    private func source(_ name: String?, _ profile: String) throws(AWSError) -> any CredentialsProvider {
        switch name {
        case "Environment": return EnvironmentCredentialsProvider(environment: environment)
        case "EcsContainer": return ContainerCredentialsProvider(environment: environment)
        case "Ec2InstanceMetadata": return InstanceCredentialsProvider(environment: environment)
        default:
            throw .refused(
                "Profile '\(profile)' has a role_arn, and neither source_profile nor a credential_source that is "
                    + "Environment, Ec2InstanceMetadata or EcsContainer")
        }
    }

    private func unsupported(_ setting: String, _ profile: String) -> AWSError {
        let message =
            "profile '\(profile)' uses \(setting), which this library does not do; "
            + "'aws configure export-credentials' prints keys that it takes"
        // Nobody asked for the default profile by name: others may still have credentials.
        return self.profile == nil ? .unavailable(message) : .refused(message)
    }
}
