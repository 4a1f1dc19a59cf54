using System.Net;
using k8s.Models;
using NewsWatch.Configuration;
using NewsWatch.Configuration.Json;
using NewsWatch.Configuration.Loading;
using NewsWatch.Hosting;
using NewsWatch.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NewsWatch.Tests.Documents;

/// <summary>What deploy/kubernetes promises, without a cluster: every field is one that the API knows, and nothing can do more than it must.</summary>
public sealed class ManifestTests
{
    private const string Token = "file:/run/secrets/newswatch/";

    public static TheoryData<string> Pods => [.. Manifests.Pods.Keys];

    public static TheoryData<string> ManifestFiles => [.. Manifests.Files];

    private static V1Deployment NewsWatch => Assert.Single(Manifests.Of<V1Deployment>());

    private static V1Container Program => Assert.Single(NewsWatch.Spec.Template.Spec.Containers);

    [Theory]
    [MemberData(nameof(ManifestFiles))]
    public void Each_manifest_has_only_fields_that_the_api_knows(string file) => Assert.NotEmpty(Manifests.Objects(Repository.Read(file)));

    [Fact]
    public void A_field_that_the_api_does_not_have_would_be_found() =>
        Assert.Contains("maxUnavailabel", Assert.ThrowsAny<YamlException>(() =>
            Manifests.Objects(Repository.Read($"{Manifests.Folder}/base/disruptionbudget.yaml").Replace("maxUnavailable:", "maxUnavailabel:", StringComparison.Ordinal))).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Each_manifest_is_named_by_the_kustomization_beside_it()
    {
        var named = Directory.GetFiles(Path.Combine(Repository.Root, Manifests.Folder), "kustomization.yaml", SearchOption.AllDirectories)
            .SelectMany(file => Resources(file).Where(resource => resource.EndsWith(".yaml", StringComparison.Ordinal)).Select(resource => Path.GetRelativePath(Repository.Root, Path.Combine(Path.GetDirectoryName(file)!, resource))));

        Assert.Equal(Manifests.Files, named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_is_not_root_writes_to_no_image_and_has_no_rights(string name)
    {
        var pod = Manifests.Pods[name].Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equal((true, "RuntimeDefault"), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.SeccompProfile.Type));
        Assert.True(pod.SecurityContext.RunAsUser > 0 && pod.SecurityContext.RunAsGroup > 0);
        Assert.Equal((true, false, null), (container.SecurityContext.ReadOnlyRootFilesystem, container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.Privileged));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Null(container.SecurityContext.Capabilities.Add);
        Assert.Equal((null, null, null), (pod.HostNetwork, pod.HostPID, pod.HostIPC));
        Assert.DoesNotContain(pod.Volumes, volume => volume.HostPath is not null);
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_has_an_account_without_a_token(string name)
    {
        var pod = Manifests.Pods[name].Spec;
        var account = Assert.Single(Manifests.Of<V1ServiceAccount>(), account => account.Metadata.Name == pod.ServiceAccountName);

        Assert.Equal((false, false), (account.AutomountServiceAccountToken, pod.AutomountServiceAccountToken));
        Assert.DoesNotContain(Manifests.All, one => one is V1Role or V1ClusterRole or V1RoleBinding or V1ClusterRoleBinding);
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void A_pod_has_probes_and_limits(string name)
    {
        var container = Assert.Single(Manifests.Pods[name].Spec.Containers);

        Assert.All([container.StartupProbe, container.ReadinessProbe, container.LivenessProbe], Assert.NotNull);
        Assert.All(["cpu", "memory"], resource => Assert.Contains(resource, container.Resources.Requests.Keys));
        Assert.Equal(["memory"], container.Resources.Limits.Keys);
    }

    [Fact]
    public void The_image_and_the_pod_run_as_the_same_user() =>
        Assert.Contains($"USER {NewsWatch.Spec.Template.Spec.SecurityContext.RunAsUser}:{NewsWatch.Spec.Template.Spec.SecurityContext.RunAsGroup}", Repository.Read("Dockerfile"), StringComparison.Ordinal);

    [Fact]
    public void The_configuration_is_mounted_as_a_folder_and_the_secret_as_files()
    {
        var (pod, mounts) = (NewsWatch.Spec.Template.Spec, Program.VolumeMounts);
        var (config, secret) = (mounts.Single(mount => mount.MountPath == "/config"), mounts.Single(mount => mount.MountPath == "/run/secrets/newswatch"));

        Assert.Contains("NEWSWATCH_CONFIG=/config/appsettings.json", Repository.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.All(Manifests.Pods.Values.SelectMany(one => one.Spec.Containers).SelectMany(container => container.VolumeMounts), mount => Assert.Equal((null, null), (mount.SubPath, mount.SubPathExpr)));
        Assert.Equal((true, true), (config.ReadOnlyProperty, secret.ReadOnlyProperty));
        Assert.Equal("newswatch", pod.Volumes.Single(volume => volume.Name == config.Name).ConfigMap.Name);
        Assert.Equal(("newswatch", 288), (pod.Volumes.Single(volume => volume.Name == secret.Name).Secret.SecretName, pod.Volumes.Single(volume => volume.Name == secret.Name).Secret.DefaultMode)); // 0440
    }

    [Fact]
    public async Task The_probes_ask_for_paths_that_the_public_port_has()
    {
        await using var ports = await OpenPorts.OpenAsync();
        foreach (var (probe, path) in new[] { (Program.StartupProbe, "/health/live"), (Program.ReadinessProbe, "/health/ready"), (Program.LivenessProbe, "/health/live") })
        {
            Assert.Equal((path, "public"), (probe.HttpGet.Path, probe.HttpGet.Port.Value));
            Assert.NotEqual(HttpStatusCode.NotFound, (await ports.Public.AskAsync(probe.HttpGet.Path)).Status);
        }
    }

    [Fact]
    public void The_pods_ports_are_those_that_the_program_listens_on()
    {
        var settings = Program.Env.ToDictionary(variable => variable.Name, variable => variable.Value);

        Assert.All(Program.Ports, port => Assert.Contains(settings, setting => setting.Key.StartsWith("Kestrel__Endpoints__", StringComparison.Ordinal) && setting.Value == $"http://0.0.0.0:{port.ContainerPort}"));
        Assert.Equal(["public"], Manifests.Of<V1Service>().Single(service => service.Metadata.Name == "newswatch").Spec.Ports.Select(port => port.TargetPort.Value));
    }

    [Fact]
    public void No_secret_stands_in_a_manifest()
    {
        Assert.Empty(Manifests.Of<V1Secret>());
        Assert.All(
            Manifests.Pods.Values.SelectMany(pod => pod.Spec.Containers).SelectMany(container => container.Env),
            variable => Assert.True(!IsSecret(variable.Name) || variable.Value.StartsWith(Token, StringComparison.Ordinal) || variable.Value.StartsWith("/run/secrets/", StringComparison.Ordinal), variable.Name));
    }

    [Fact]
    public void The_configuration_is_good_and_refers_to_its_secrets()
    {
        var read = new List<string>();
        var secrets = new Secrets(_ => null, path =>
        {
            read.Add(path);
            return "a-secret-of-the-test";
        });

        var result = new ConfigurationLoader(secrets, Includes.Find).Load(ConfigurationFiles.Read(Path.Combine(Repository.Root, Manifests.Folder, "base", "config", "appsettings.json")));

        Assert.Empty(result.Problems);
        Assert.All(read, path => Assert.StartsWith("/run/secrets/newswatch/", path, StringComparison.Ordinal));
        Assert.Equal(2, read.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void What_selects_a_pod_names_its_labels(string name)
    {
        var labels = Manifests.Pods[name].Metadata.Labels;
        var selectors = new List<IDictionary<string, string>>();
        selectors.AddRange(Manifests.Of<V1Deployment>().Where(one => one.Metadata.Name == name).Select(one => one.Spec.Selector.MatchLabels));
        selectors.AddRange(Manifests.Of<V1StatefulSet>().Where(one => one.Metadata.Name == name).Select(one => one.Spec.Selector.MatchLabels));
        selectors.AddRange(Manifests.Of<V1Service>().Where(one => one.Metadata.Name == name).Select(one => one.Spec.Selector));
        selectors.AddRange(Manifests.Of<V1NetworkPolicy>().Where(one => one.Metadata.Name == name).Select(one => one.Spec.PodSelector.MatchLabels));
        selectors.AddRange(Manifests.Of<V1PodDisruptionBudget>().Where(one => one.Metadata.Name == name).Select(one => one.Spec.Selector.MatchLabels));
        selectors.AddRange((Manifests.Pods[name].Spec.TopologySpreadConstraints ?? []).Select(one => one.LabelSelector.MatchLabels));

        Assert.True(selectors.Count >= 3);
        Assert.All(selectors, selector => Assert.Equal(labels, selector));
    }

    [Fact]
    public void An_update_takes_no_replica_away_before_the_next_one_is_ready()
    {
        var deployment = NewsWatch.Spec;

        Assert.Equal((3, "RollingUpdate"), (deployment.Replicas, deployment.Strategy.Type));
        Assert.Equal(("0", "1"), (deployment.Strategy.RollingUpdate.MaxUnavailable.Value, deployment.Strategy.RollingUpdate.MaxSurge.Value));
        Assert.True(deployment.Template.Spec.TerminationGracePeriodSeconds > Service.StopPatience.TotalSeconds);
        Assert.Equal("1", Assert.Single(Manifests.Of<V1PodDisruptionBudget>()).Spec.MaxUnavailable.Value);
        Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], deployment.Template.Spec.TopologySpreadConstraints.Select(spread => spread.TopologyKey));
    }

    [Fact]
    public void The_network_lets_in_the_ingress_and_Prometheus_and_out_to_the_world()
    {
        var policy = Manifests.Of<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "newswatch").Spec;
        var world = policy.Egress.Single(rule => rule.To?.Any(to => to.IpBlock?.Cidr == "0.0.0.0/0") == true);

        Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes);
        Assert.Equal(["8080", "8081"], policy.Ingress.Select(rule => Assert.Single(rule.Ports).Port.Value));
        Assert.All(policy.Ingress, rule => Assert.All(rule.FromProperty, from => Assert.NotNull(from.NamespaceSelector)));
        Assert.Equal(["25", "443", "465", "587", "80", "8080", "8443"], world.Ports.Select(port => port.Port.Value).Order(StringComparer.Ordinal));
        Assert.All(["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"], inside => Assert.Contains(inside, world.To[0].IpBlock.Except));
        Assert.All(["::1/128", "fc00::/7", "fe80::/10"], inside => Assert.Contains(inside, world.To[1].IpBlock.Except));
        Assert.Equal(["53", "53", "5432"], policy.Egress.Where(rule => rule != world).SelectMany(rule => rule.Ports).Select(port => port.Port.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_autoscaler_goes_by_processor_time_and_by_a_metric_that_exists()
    {
        var scaler = Assert.Single(Manifests.Of<V2HorizontalPodAutoscaler>()).Spec;

        Assert.Equal(("Deployment", NewsWatch.Metadata.Name), (scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name));
        Assert.Equal(60, scaler.Metrics.Single(metric => metric.Resource?.Name == "cpu").Resource.Target.AverageUtilization);
        Assert.Contains($"| `{scaler.Metrics.Single(metric => metric.Pods is not null).Pods.Metric.Name}` |", Repository.Read("docs/operations.md"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Kustomize_puts_the_database_into_one_namespace_with_the_replicas()
    {
        var rendered = await Manifests.RenderAsync("postgres-example");

        Assert.Equal(["newswatch"], rendered.OfType<IMetadata<V1ObjectMeta>>().Select(one => one.Metadata.NamespaceProperty).OfType<string>().Distinct());
        Assert.Contains("Version", Assert.Single(rendered.OfType<V1ConfigMap>(), map => map.Metadata.Name == "newswatch").Data["appsettings.json"], StringComparison.Ordinal);
        Assert.Contains(rendered.OfType<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "newswatch").Spec.Egress, rule => rule.To?.Any(to => to.PodSelector?.MatchLabels.Values.Contains("postgres") == true) == true);
    }

    [KubectlFact]
    public async Task Kustomize_renders_the_base_with_all_that_its_files_hold()
    {
        var rendered = (await Manifests.RenderAsync("base")).OfType<IMetadata<V1ObjectMeta>>().ToList();

        Assert.Equal(6, rendered.Count);
        Assert.All(rendered, one => Assert.Equal(("newswatch", "newswatch"), (one.Metadata.Name, one.Metadata.Labels["app.kubernetes.io/name"])));
    }

    private static bool IsSecret(string name) => new[] { "TOKEN", "PASSWORD", "SECRET", "CONNECTION", "KEY" }.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Resources(string kustomization)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(kustomization)));
        return ((YamlSequenceNode)yaml.Documents[0].RootNode["resources"]).Select(resource => ((YamlScalarNode)resource).Value!);
    }
}
