/// What this library asks of AWS's Security Token Service: credentials of a role.
///
/// Source: AWS, "AssumeRole" and "AssumeRoleWithWebIdentity" in the AWS Security Token Service API reference.
struct SecurityTokenService: Sendable {
    private let region: String
    private let address: String

    /// - Parameter region: the profile's region, which counts where the environment has none.
    init(environment: [String: String], region: String?) {
        let region =
            environment.value("AWS_REGION") ?? environment.value("AWS_DEFAULT_REGION") ?? region ?? "ap-northeast-1"
        self.region = region
        address =
            environment.value("AWS_ENDPOINT_URL_STS")
            ?? "https://sts.\(region).amazonaws.com\(region.hasPrefix("cn-") ? ".cn" : "")"
    }

    /// Takes on a role with the token in a file.
    func assume(_ role: Role, withTokenIn path: String) async throws -> Credentials {
        guard let token = Platform.text(ofFile: path) else {
            throw AWSError.refused("The web identity token \(path) cannot be read")
        }
        return try await send("AssumeRoleWithWebIdentity", role, [("WebIdentityToken", token)], signer: nil)
    }

    /// Takes on a role as who holds other credentials.
    func assume(_ role: Role, as credentials: Credentials) async throws -> Credentials {
        try await send("AssumeRole", role, [], signer: credentials)
    }

    private func send(
        _ action: String, _ role: Role, _ more: [(String, String)], signer: Credentials?
    ) async throws -> Credentials {
        var form = [
            ("Action", action), ("Version", "2011-06-15"), ("RoleArn", role.arn),
            ("RoleSessionName", role.session ?? "miyabi-\(Platform.secondsSince1970)"),
        ]
        if let seconds = role.seconds { form.append(("DurationSeconds", seconds)) }
        if let id = role.externalID { form.append(("ExternalId", id)) }
        let body = Array((form + more).map { "\($0)=\(FormText.encode($1))" }.joined(separator: "&").utf8)

        let endpoint = try Endpoint(address)
        let type = "application/x-www-form-urlencoded; charset=utf-8"
        let headers =
            signer.map { credentials in
                RequestSigner(region: region, service: "sts").headers(
                    endpoint: endpoint, contentType: type, body: body, credentials: credentials)
            } ?? [("content-type", type)]
        let response = try await CredentialsRequest(
            method: "POST", url: address, headers: headers, body: body, timeout: .seconds(5), attempts: 3
        ).send()
        guard response.status == 200 else {
            let code = XMLText.element("Code", in: response.body) ?? "status \(response.status)"
            let message = XMLText.element("Message", in: response.body).map { ": \($0)" } ?? ""
            throw AWSError.refused("\(action) of \(role.arn) at \(endpoint) failed, \(code)\(message)")
        }
        guard let id = XMLText.element("AccessKeyId", in: response.body),
            let secret = XMLText.element("SecretAccessKey", in: response.body),
            let token = XMLText.element("SessionToken", in: response.body),
            let end = XMLText.element("Expiration", in: response.body).flatMap(SigningDate.init(iso8601:))
        else { throw AWSError.refused("The answer of \(action) at \(endpoint) holds no credentials") }
        return Credentials(
            accessKeyID: id, secretAccessKey: secret, sessionToken: token, expiration: end.secondsSince1970)
    }
}

/// A role to take on.
struct Role: Sendable, Hashable {
    let arn: String
    var session: String?
    var externalID: String?
    /// How long the credentials last, in seconds: 900 to 43,200; nil for the hour that is AWS's default.
    var seconds: String?
}

/// The few elements that are read of the service's answers, none of which has attributes or holds others.
enum XMLText {
    static func element(_ name: String, in text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        var content = String(text[start.upperBound..<end.lowerBound])
        for (entity, character) in [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("amp", "&")] {
            content = content.replacing("&\(entity);", with: character)
        }
        return content
    }
}

/// Text as the value of a form's field.
enum FormText {
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + Hexadecimal.encode([byte]).uppercased()
            }
        }
        return encoded
    }
}
