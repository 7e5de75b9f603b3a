document.getElementById('ask').addEventListener('click', () => window.Guichet?.open());
